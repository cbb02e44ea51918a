import Testing

@testable import ClusterPolicies

@Suite("Where a webhook is reached")
struct WebhookClientTests {
    @Test(
        "a service is NAMESPACE/NAME, with a port or 443",
        arguments: [("a/b", 443), ("a/b:8443", 8443), ("a/b:65535", 65_535)]
    )
    func services(text: String, port: Int) throws {
        #expect(try WebhookClient(service: text) == .service(namespace: "a", name: "b", port: port))
    }

    @Test(
        "anything else is refused",
        arguments: ["", "a", "a/b/c", "/b", "a/", "A/b", "a/b:", "a/b:0", "a/b:65536", "a/b:x", "a/b:1:2"]
    )
    func badServices(text: String) {
        #expect(throws: PolicyError(code: .invalidService, reason: "", location: "--service")) {
            try WebhookClient(service: text)
        }
    }

    @Test(
        "an address without a path gets that of the webhook",
        arguments: [
            ("https://a.example", "https://a.example/mutate"),
            ("https://a.example:8443/", "https://a.example:8443/mutate"),
            ("https://[::1]:8443", "https://[::1]:8443/mutate"), ("https://a.example/x/y", "https://a.example/x/y"),
        ]
    )
    func addresses(text: String, url: String) throws {
        #expect(try WebhookClient(url: text) == .url(url))
    }

    @Test(
        "what the API server would not call is refused",
        arguments: [
            "", "https://", "https:///x", "http://a", "https://u@a", "https://a?q", "https://a#f", "https://a b",
            "https://a\n", "https://\u{E9}",
        ]
    )
    func badAddresses(text: String) {
        #expect(throws: PolicyError(code: .invalidURL, reason: "", location: "--url")) { try WebhookClient(url: text) }
    }
}
