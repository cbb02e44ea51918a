import HTTP1
import ProxyConfiguration
import Testing

@testable import ProxyRouting

@Suite("Routing table")
struct RoutingTableTests {
    @Test(
        "The most telling domain wins",
        arguments: [
            ("a.example", "a.example"), ("A.EXAMPLE", "a.example"), ("x.b.example", "*.example"),
            ("y.b.a.example", "*.a.example"), ("a.org", "a.*"), ("other", "*"), ("a.example:80", "a.*"),
            ("x-foo.test", "*-foo.test"), ("-foo.test", "*"), ("b.example:8080", "b.example:8080"),
            ("[::1]:80", "[::1]:80"),
        ]
    )
    func domains(_ host: String, _ expected: String) throws {
        let domains = [
            "a.example", "*.example", "*.a.example", "a.*", "*", "*-foo.test", "b.example:8080", "[::1]:80",
        ]
        let table = RoutingTable(configuration(domains))
        #expect(try RequestSample("/", host: host).route(in: table) == expected)
    }

    @Test(
        "A port is passed over where the table says so",
        arguments: [("a.example:81", "a.example"), ("[::1]:80", "[::1]"), ("[::1]", "[::1]"), ("b:80", "-")]
    )
    func ports(_ host: String, _ expected: String) throws {
        var configuration = configuration(["a.example", "[::1]"])
        configuration.ignoresPort = true
        #expect(try RequestSample("/", host: host).route(in: RoutingTable(configuration)) == expected)
    }

    @Test(
        "A path is matched without its query, the first route first",
        arguments: [
            ("/a", "path"), ("/a?x=/b", "path"), ("/a/", "separated"), ("/ab", "prefix"), ("/A", "folded"),
            ("/v12/x", "regex"), ("/v/x", "-"), ("/v1/x?y", "regex"), ("/Folded/x", "foldedSeparated"),
            ("/foldedx", "-"),
        ]
    )
    func paths(_ path: String, _ expected: String) throws {
        var folded = RouteMatch.path("/a")
        folded.isCaseSensitive = false
        var foldedSeparated = RouteMatch(.separatedPrefix("/FOLDED"))
        foldedSeparated.isCaseSensitive = false
        let table = RoutingTable([
            ("path", .path("/a")), ("separated", RouteMatch(.separatedPrefix("/a"))), ("prefix", .prefix("/a")),
            ("folded", folded), ("regex", RouteMatch(.regex("/v[0-9]+/.*"))), ("foldedSeparated", foldedSeparated),
        ])
        #expect(try RequestSample(path).route(in: table) == expected)
    }

    @Test(
        "A condition on a header holds as Envoy documents it",
        arguments: [
            (HeaderMatcher("x", .string(StringMatcher(.exact("a")))), ["X: a"], true),
            (HeaderMatcher("x", .string(StringMatcher(.exact("a")))), ["X: A"], false),
            (HeaderMatcher("x", .string(StringMatcher(.exact("a"), ignoresCase: true))), ["X: A"], true),
            (HeaderMatcher("x", .string(StringMatcher(.exact("a,b")))), ["X: a", "x: b"], true),
            (HeaderMatcher("x", .string(StringMatcher(.prefix("ab")))), ["X: abc"], true),
            (HeaderMatcher("x", .string(StringMatcher(.suffix("bc")))), ["X: abc"], true),
            (HeaderMatcher("x", .string(StringMatcher(.contains("b")))), ["X: abc"], true),
            (HeaderMatcher("x", .string(StringMatcher(.contains("B"), ignoresCase: true))), ["X: abc"], true),
            (HeaderMatcher("x", .string(StringMatcher(.regex("a.c")))), ["X: abc"], true),
            (HeaderMatcher("x", .string(StringMatcher(.regex("b")))), ["X: abc"], false),
            (HeaderMatcher("x", .range(start: -10, end: 0)), ["X: -1"], true),
            (HeaderMatcher("x", .range(start: -10, end: 0)), ["X: 0"], false),
            (HeaderMatcher("x", .range(start: -10, end: 0)), ["X: -1somestring"], false),
            (HeaderMatcher("x", .range(start: -10, end: 0)), ["X: 10.9"], false),
            (HeaderMatcher("x", .range(start: .min, end: .max)), ["X: -9223372036854775808"], true),
            (HeaderMatcher("x", .range(start: .min, end: .max)), ["X: 9223372036854775808"], false),
            (HeaderMatcher("x"), ["X: a"], true), (HeaderMatcher("x"), [], false),
            (HeaderMatcher("x", .present(false)), [], true), (HeaderMatcher("x", .present(false)), ["X: a"], false),
            (HeaderMatcher("x", isInverted: true), [], true), (HeaderMatcher("x", isInverted: true), ["X: a"], false),
            (HeaderMatcher("x", .string(StringMatcher(.exact("a"))), isInverted: true), ["X: b"], true),
            (HeaderMatcher("x", .string(StringMatcher(.exact("a"))), isInverted: true), [], false),
            (HeaderMatcher("x", .string(StringMatcher(.exact(""))), treatsMissingAsEmpty: true), [], true),
            (
                HeaderMatcher("x", .string(StringMatcher(.exact("a"))), isInverted: true, treatsMissingAsEmpty: true),
                [],
                true
            ),
            (HeaderMatcher(":method", .string(StringMatcher(.exact("GET")))), [], true),
            (HeaderMatcher(":path", .string(StringMatcher(.exact("/p?q=1")))), [], true),
            (HeaderMatcher(":authority", .string(StringMatcher(.exact("a.example")))), [], true),
            (HeaderMatcher(":scheme", .string(StringMatcher(.exact("http")))), [], true),
        ] as [(HeaderMatcher, [String], Bool)]
    )
    func headers(_ matcher: HeaderMatcher, _ headers: [String], _ expected: Bool) throws {
        var match = RouteMatch.prefix("/")
        match.headers = [matcher]
        let found = try RequestSample("/p?q=1", headers).route(in: RoutingTable([("yes", match)]))
        #expect(found == (expected ? "yes" : "-"))
    }

    @Test(
        "A condition on a query parameter looks at the first of its name",
        arguments: [
            (QueryParameterMatcher("id"), "/?id=1", true), (QueryParameterMatcher("id"), "/?x=1&id", true),
            (QueryParameterMatcher("id"), "/?idx=1", false), (QueryParameterMatcher("id"), "/id=1", false),
            (QueryParameterMatcher("id", .present(false)), "/?x", true),
            (QueryParameterMatcher("id", .string(StringMatcher(.exact("1")))), "/?id=1&id=2", true),
            (QueryParameterMatcher("id", .string(StringMatcher(.exact("2")))), "/?id=1&id=2", false),
            (QueryParameterMatcher("id", .string(StringMatcher(.exact("")))), "/?id", true),
            (QueryParameterMatcher("id", .string(StringMatcher(.prefix("a")))), "/?id=ab", true),
            (QueryParameterMatcher("id", .string(StringMatcher(.regex("[0-9]+")))), "/?&id=12", true),
        ] as [(QueryParameterMatcher, String, Bool)]
    )
    func query(_ matcher: QueryParameterMatcher, _ path: String, _ expected: Bool) throws {
        var match = RouteMatch.prefix("/")
        match.queryParameters = [matcher]
        let found = try RequestSample(path).route(in: RoutingTable([("yes", match)]))
        #expect(found == (expected ? "yes" : "-"))
    }

    @Test(
        "A condition on a cookie looks at the first of its name, in whichever header",
        arguments: [
            (["Cookie: a=1"], false, true), (["Cookie: a=2"], false, false), (["Cookie: z=0;a=1"], false, true),
            (["Cookie: z=0", "Cookie: a=1"], false, true), (["Cookie: a=2; a=1"], false, false),
            (["Cookie: a=\"1\""], false, true), (["Cookie: a=\""], false, false), (["Cookie: xa=1"], false, false),
            (["Cookie: a"], false, false), ([], false, false), ([], true, true), (["Cookie: a=2"], true, true),
            (["Cookie: a=1"], true, false),
        ] as [([String], Bool, Bool)]
    )
    func cookies(_ headers: [String], _ isInverted: Bool, _ expected: Bool) throws {
        var matcher = CookieMatcher("a", StringMatcher(.exact("1")))
        matcher.isInverted = isInverted
        var match = RouteMatch.prefix("/")
        match.cookies = [matcher]
        let found = try RequestSample("/", headers).route(in: RoutingTable([("yes", match)]))
        #expect(found == (expected ? "yes" : "-"))
    }

    @Test("A condition on the client's certificate asks whether there is one, and whether it was verified")
    func certificates() throws {
        var (none, shown, valid) = (RouteMatch.prefix("/"), RouteMatch.prefix("/"), RouteMatch.prefix("/"))
        none.presentsCertificate = false
        valid.hasValidCertificate = true
        shown.presentsCertificate = true
        let table = RoutingTable([("none", none), ("valid", valid), ("shown", shown)])
        var facts = RequestFacts()
        let sample = try RequestSample("/")
        #expect(sample.route(in: table, facts) == "none")
        facts.presentsCertificate = true
        #expect(sample.route(in: table, facts) == "shown")
        facts.hasValidCertificate = true
        #expect(sample.route(in: table, facts) == "valid")
    }

    @Test("A gRPC route takes gRPC only, and a fraction takes its share")
    func others() throws {
        var grpc = RouteMatch.prefix("/")
        grpc.requiresGRPC = true
        var some = RouteMatch.prefix("/")
        some.fraction = RequestFraction(numerator: 25)
        let table = RoutingTable([("grpc", grpc), ("some", some)])
        #expect(
            try RequestSample("/", method: "POST", ["content-type: application/grpc+proto"]).route(in: table) == "grpc"
        )
        let plain = try RequestSample("/", ["content-type: application/json"])
        let taken = (0..<100).filter { plain.route(in: table, RequestFacts(random: UInt64($0))) == "some" }
        #expect(taken.count == 25)
    }

    @Test("require_tls sends plain requests to https and lets others through")
    func requireTLS() throws {
        var configuration = configuration(["*"])
        configuration.virtualHosts[0].requiresTLS = .all
        let table = RoutingTable(configuration)
        #expect(try RequestSample("/").route(in: table) == "tls")
        #expect(try RequestSample("/").route(in: table, RequestFacts(isSecure: true)) == "*")
    }

    private func configuration(_ domains: [String]) -> RouteConfiguration {
        RouteConfiguration(
            virtualHosts: domains.map { domain in
                var route = Route(match: .prefix("/"), action: .respond(status: 200, body: domain))
                route.name = domain
                return VirtualHost(name: domain, domains: [domain], routes: [route])
            }
        )
    }
}
