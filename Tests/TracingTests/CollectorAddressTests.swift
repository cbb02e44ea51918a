import HTTPClient
import Testing
import Tracing

@Suite struct CollectorAddressTests {
    @Test(
        "a URL becomes host, port and path",
        arguments: [
            ("http://c", "c:4318", "/v1/traces", false), ("https://c.example:443", "c.example:443", "/v1/traces", true),
            ("http://c:1/", "c:1", "/v1/traces", false), ("http://c/base/", "c:4318", "/base/v1/traces", false),
            ("http://[::1]:9/v1/traces", "[::1]:9", "/v1/traces", false),
            ("HTTP://[::1]", "[::1]:4318", "/v1/traces", false),
        ]
    )
    func reads(text: String, authority: String, path: String, isSecure: Bool) throws {
        let address = try #require(CollectorAddress(text))
        #expect(address.endpoint.authority == authority)
        #expect(address.path == path)
        #expect(address.isSecure == isSecure)
    }

    @Test(
        "anything else is refused",
        arguments: [
            "", "c:4318", "http:/c", "ftp://c", "http://", "http://u@c", "http://c:0", "http://c:65536", "http://c:x",
            "http://c/?a", "http://c/#a", "http://c /", "http://[::1", "http://c\n",
        ]
    )
    func refuses(text: String) {
        #expect(CollectorAddress(text) == nil)
    }
}
