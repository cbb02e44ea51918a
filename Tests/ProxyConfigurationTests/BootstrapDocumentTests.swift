import JSON
import Testing

@testable import ProxyConfiguration

@Suite("The document of a configuration")
struct BootstrapDocumentTests {
    @Test("Keys and passwords that stand in a file are not shown, certificates and paths are")
    func secrets() throws {
        let text = """
            {"tls_certificates":[{"certificate_chain":{"inline_string":"C"},"private_key":{"inline_string":"K"},\
            "password":{"inline_bytes":"UA=="}},{"private_key":{"filename":"/k"}}]}
            """
        let shown = JSONWriter.compact(Bootstrap.redacted(try JSONParser.parse(Array(text.utf8))))
        let expected = """
            {"tls_certificates":[{"certificate_chain":{"inline_string":"C"},\
            "private_key":{"inline_string":"[redacted]"},"password":{"inline_bytes":"W3JlZGFjdGVkXQ=="}},\
            {"private_key":{"filename":"/k"}}]}
            """
        #expect(String(decoding: shown, as: UTF8.self) == expected)
    }

    @Test("Keys are not shown in the other spelling of proto3 either")
    func secretsInCamelCase() throws {
        let text = """
            {"tlsCertificates":[{"privateKey":{"inlineString":"K"},"password":{"inlineBytes":"UA=="}}]}
            """
        let shown = JSONWriter.compact(Bootstrap.redacted(try JSONParser.parse(Array(text.utf8))))
        let expected = """
            {"tlsCertificates":[{"privateKey":{"inlineString":"[redacted]"},\
            "password":{"inlineBytes":"W3JlZGFjdGVkXQ=="}}]}
            """
        #expect(String(decoding: shown, as: UTF8.self) == expected)
    }

    @Test("Addresses that replace those of the file stand in the document too")
    func replaced() throws {
        var bootstrap = Bootstrap.sidecar(
            listen: NetworkAddress(host: "::", port: 1),
            application: 2,
            hosts: ["127.0.0.1", "::1"]
        )
        let isMoved = bootstrap.listen(at: NetworkAddress(host: "127.0.0.1", port: 3))
        let isAimed = bootstrap.forward(to: [NetworkAddress(host: "127.0.0.1", port: 4)])
        #expect(isMoved && isAimed)
        let decoded = try BootstrapDecoder.decode(try JSONParser.parse(bootstrap.document))
        #expect(decoded.listeners[0].address == bootstrap.listeners[0].address)
        #expect(decoded.clusters[0].endpoints.map(\.address) == [NetworkAddress(host: "127.0.0.1", port: 4)])
    }

    @Test("The short form's document is a configuration with the same listener, routes and endpoints")
    func shortForm() throws {
        let bootstrap = Bootstrap.sidecar(
            listen: NetworkAddress(host: "::", port: 1),
            application: 2,
            hosts: ["127.0.0.1", "::1"]
        )
        let decoded = try BootstrapDecoder.decode(try JSONParser.parse(bootstrap.document))
        #expect(decoded.listeners.map(\.filterChains) == bootstrap.listeners.map(\.filterChains))
        #expect(decoded.clusters[0].endpoints == bootstrap.clusters[0].endpoints)
    }

    @Test("Without a listener or cluster there is nothing to replace")
    func nothing() {
        var bootstrap = Bootstrap(listeners: [], clusters: [])
        let isMoved = bootstrap.listen(at: NetworkAddress(host: "::", port: 3))
        let isAimed = bootstrap.forward(to: [NetworkAddress(host: "::", port: 3)])
        #expect(!isMoved && !isAimed)
    }
}
