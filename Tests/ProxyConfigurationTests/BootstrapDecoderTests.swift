import Foundation
import JSON
import ProxyConfiguration
import Testing

@Suite("Bootstrap decoder")
struct BootstrapDecoderTests {
    /// A change to the minimal document and what is found then.
    struct Damage: Sendable, CustomTestStringConvertible {
        var from: String
        var to: String
        var code: ConfigurationDiagnostic.Code
        var path: String
        var says: String
        var testDescription: String { "\(to) at \(path)" }

        init(_ from: String, _ to: String, _ code: ConfigurationDiagnostic.Code, _ path: String, says: String) {
            (self.from, self.to, self.code, self.path, self.says) = (from, to, code, path, says)
        }
    }

    private static let manager = "static_resources.listeners[0].filter_chains[0].filters[0].typed_config"
    private static let host = "\(manager).route_config.virtual_hosts[0]"

    private static let long = String(repeating: "a", count: 128)
    private static let template = """
        "match": {"path_match_policy": {"name": "t", "typed_config": {
          "@type": "type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig",
          "path_template": "\(String(repeating: "/*", count: 200))"}}}
        """
    private static let check = #""timeout": "1s", "interval": "1s", "unhealthy_threshold": 1, "healthy_threshold": 1"#

    static let damages: [Damage] = [
        Damage(
            #""match": {"prefix": "/"}"#,
            template,
            .invalidValue,
            "\(host).routes[0].match.path_match_policy.typed_config.path_template",
            says: "the template is too long"
        ),
        Damage(
            #""type": "STATIC""#,
            #""type": "STATIC", "health_checks": [{\#(check), "grpc_health_check": {"service_name": "\#(long)"}}]"#,
            .invalidValue,
            "static_resources.clusters[0].health_checks[0].grpc_health_check.service_name",
            says: "127 bytes"
        ),
        Damage(
            "connect_timeout",
            "conect_timeout",
            .unknownField,
            "static_resources.clusters[0].conect_timeout",
            says: "connect_timeout"
        ),
        Damage(
            "\"static_resources\"",
            "\"static_resource\"",
            .unknownField,
            "static_resource",
            says: "static_resources"
        ),
        Damage("stat_prefix", "statprefix", .unknownField, "\(manager).statprefix", says: "stat_prefix"),
        Damage(
            "\"type\": \"STATIC\"",
            "\"type\": \"EDS\"",
            .unsupported,
            "static_resources.clusters[0].type",
            says: "use STATIC, STRICT_DNS, LOGICAL_DNS"
        ),
        Damage(
            "\"type\": \"STATIC\"",
            "\"lb_policy\": \"LEAST_REQEST\"",
            .invalidValue,
            "static_resources.clusters[0].lb_policy",
            says: "LEAST_REQUEST"
        ),
        Damage(
            "\"type\": \"STATIC\"",
            "\"lb_subset_config\": {}",
            .unsupported,
            "static_resources.clusters[0].lb_subset_config",
            says: "not supported"
        ),
        Damage("\"5s\"", "\"5\"", .invalidValue, "static_resources.clusters[0].connect_timeout", says: "0.25s"),
        Damage("\"5s\"", "5", .wrongType, "static_resources.clusters[0].connect_timeout", says: "string"),
        Damage("\"5s\"", "\"0s\"", .invalidValue, "static_resources.clusters[0].connect_timeout", says: "0s"),
        Damage(
            "{\"cluster\": \"local_app\"}",
            "{\"cluster\": \"local_ap\"}",
            .unresolved,
            "\(host).routes[0].route.cluster",
            says: "local_app"
        ),
        Damage(
            "{\"prefix\": \"/\"}",
            "{\"safe_regex\": {\"regex\": \"a(\"}}",
            .invalidValue,
            "\(host).routes[0].match.safe_regex.regex",
            says: "( without its )"
        ),
        Damage(
            "{\"prefix\": \"/\"}",
            "{\"prefix\": \"/\", \"path\": \"/\"}",
            .duplicate,
            "\(host).routes[0].match.path",
            says: "either"
        ),
        Damage(
            "8080",
            "65536",
            .invalidValue,
            "static_resources.clusters[0].load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address.port_value",
            says: "65535"
        ),
        Damage(
            "127.0.0.1",
            "localhost",
            .invalidValue,
            "static_resources.clusters[0].load_assignment.endpoints[0].lb_endpoints[0].endpoint.address.socket_address.address",
            says: "IP address"
        ),
        Damage("[\"*\"]", "[\"a*b\"]", .invalidValue, "\(host).domains[0]", says: "domain"),
        Damage("[\"*\"]", "[\"*\", \"*\"]", .duplicate, "\(host).domains[1]", says: "more than one"),
        Damage(
            "http_connection_manager.v3.H",
            "http_connection_manager.v2.H",
            .unsupported,
            "\(manager).@type",
            says: "v3"
        ),
        Damage("\"ingress_http\"", "7", .wrongType, "\(manager).stat_prefix", says: "string"),
        Damage(
            "router.v3.Router",
            "lua.v3.Lua",
            .unsupported,
            "\(manager).http_filters[0].typed_config.@type",
            says: "router"
        ),
    ]

    @Test("The minimal document becomes a listener and a cluster")
    func minimal() throws {
        let bootstrap = try decode(MinimalDocument.text)
        let listener = try #require(bootstrap.listeners.first)
        #expect(listener.address == NetworkAddress(host: "0.0.0.0", port: 15001))
        guard case .http(let manager)? = listener.filterChains.first?.filter else { return }
        #expect(
            manager.routes.virtualHosts.first?.routes.first?.action == .forward(ForwardAction(cluster: "local_app"))
        )
        #expect(manager.streamIdleTimeout == .seconds(300))
        #expect(!manager.useRemoteAddress)
        #expect(bootstrap.clusters.first?.endpoints.map(\.address) == [NetworkAddress(host: "127.0.0.1", port: 8080)])
        #expect(bootstrap.admin == nil)
    }

    @Test("What is wrong is found with its place and what is right", arguments: damages)
    func refusals(_ damage: Damage) throws {
        let text = MinimalDocument.text.replacingOccurrences(of: damage.from, with: damage.to)
        try #require(text != MinimalDocument.text)
        let error = #expect(throws: ConfigurationError.self) { try decode(text) }
        let found = error?.diagnostics.first { $0.path == damage.path && $0.code == damage.code }
        #expect(
            found?.reason.contains(damage.says) == true,
            "\(error?.diagnostics.map { "\($0.path) \($0.code) \($0.reason)" } ?? [])"
        )
    }

    @Test("All findings come at once")
    func collects() {
        let text = MinimalDocument.text.replacingOccurrences(of: "5s", with: "x").replacingOccurrences(
            of: "15001",
            with: "-1"
        )
        let error = #expect(throws: ConfigurationError.self) { try decode(text) }
        #expect(error?.diagnostics.count == 2)
    }

    @Test("Names in camelCase are the same fields")
    func camelCase() throws {
        let text = MinimalDocument.text.replacingOccurrences(of: "connect_timeout", with: "connectTimeout")
            .replacingOccurrences(of: "\"5s\"", with: "\"0.25s\"")
        #expect(try decode(text).clusters.first?.connectTimeout == .milliseconds(250))
    }

    @Test("Two clusters of one name are refused")
    func duplicateCluster() throws {
        let text = MinimalDocument.text.replacingOccurrences(
            of: "\"clusters\": [{",
            with: "\"clusters\": [{\"name\": \"local_app\"}, {"
        )
        let error = #expect(throws: ConfigurationError.self) { try decode(text) }
        #expect(error?.diagnostics.map(\.code) == [.duplicate])
        #expect(error?.diagnostics.first?.path == "static_resources.clusters[1].name")
    }

    @Test("Findings carry line and column when the text is known")
    func positions() throws {
        let root = JSONValue.object(["bogus": .bool(true)])
        let key = SourcePosition(line: 3, column: 5, offset: 20)
        let child = SourceNode(
            start: SourcePosition(line: 3, column: 12, offset: 27),
            bytes: 27..<31,
            key: key,
            children: []
        )
        let source = SourceNode(
            start: SourcePosition(line: 1, column: 1, offset: 0),
            bytes: 0..<40,
            key: nil,
            children: [child]
        )
        let error = #expect(throws: ConfigurationError.self) { try BootstrapDecoder.decode(root, source: source) }
        let first = try #require(error?.diagnostics.first)
        #expect(first.description(file: "envoy.yaml").hasPrefix("envoy.yaml:3:5: bogus: "))
    }

    @Test("A document with thousands of faults lists a hundred")
    func bounded() {
        let members = (0..<5000).map { "\"x\($0)\": 1" }.joined(separator: ",")
        let error = #expect(throws: ConfigurationError.self) { try decode("{\(members)}") }
        #expect(error?.diagnostics.count == ConfigurationError.limit)
        #expect((error?.omitted ?? 0) > 4000)
    }

    @Test("The admin address is read", arguments: ["admin", "Admin"])
    func admin(_ name: String) throws {
        let text =
            "{\"\(name)\": {\"address\": {\"socket_address\": {\"address\": \"::1\", \"port_value\": \"9901\"}}}, \"static_resources\": {}}"
        guard name == "admin" else {
            #expect(throws: ConfigurationError.self) { try decode(text) }
            return
        }
        #expect(try decode(text).admin == NetworkAddress(host: "::1", port: 9901))
    }

    @Test("The short form is a listener in front of the application")
    func shortForm() {
        let bootstrap = Bootstrap.sidecar(
            listen: NetworkAddress(host: "::", port: 15006),
            application: 8080,
            hosts: ["127.0.0.1", "::1"]
        )
        #expect(bootstrap.clusters.first?.endpoints.map(\.address.description) == ["127.0.0.1:8080", "[::1]:8080"])
        #expect(bootstrap.clusters.first?.loadBalancing == .firstReachable)
    }

    @discardableResult
    private func decode(_ text: String) throws -> Bootstrap {
        try BootstrapDecoder.decode(try JSONParser.parse(Array(text.utf8)))
    }
}
