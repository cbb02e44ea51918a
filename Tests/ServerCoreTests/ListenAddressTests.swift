import Testing

@testable import ServerCore

@Suite("ListenAddress")
struct ListenAddressTests {
    @Test(
        "host and port are told apart",
        arguments: [
            ("[::]:8443", "::", 8443), (":8443", "::", 8443), ("127.0.0.1:0", "127.0.0.1", 0),
            ("[::1]:65535", "::1", 65535), ("0.0.0.0:80", "0.0.0.0", 80),
        ] as [(String, String, UInt16)]
    )
    func parses(text: String, host: String, port: UInt16) throws {
        #expect(try ListenAddress(parsing: text) == ListenAddress(host: host, port: port))
    }

    @Test("what is written can be read again", arguments: ["[::]:8443", "127.0.0.1:0", "[fe80::1]:1"])
    func roundTrip(text: String) throws {
        #expect(try ListenAddress(parsing: text).description == text)
    }

    @Test(
        "anything else is an error that says what to write",
        arguments: [
            ("", .missingPort), ("8443", .missingPort), ("127.0.0.1", .missingPort), ("a:", .invalidPort),
            (":65536", .invalidPort), (":-1", .invalidPort), (":+1", .invalidPort), (":1x", .invalidPort),
            (":99999999999999999999", .invalidPort), ("::1:80", .missingBrackets), ("[::1:80", .invalidHost),
            ("[]:80", .invalidHost), ("[127.0.0.1]:80", .invalidHost), ("localhost:80", .invalidHost),
            ("1.2.3:80", .invalidHost), ("127.0.0.1\0:80", .invalidHost), ("[:80", .invalidHost),
        ] as [(String, ListenAddressError.Code)]
    )
    func refuses(text: String, code: ListenAddressError.Code) {
        #expect(throws: ListenAddressError(code: code, text: text)) { try ListenAddress(parsing: text) }
        #expect(ListenAddressError(code: code, text: text).description.contains("'\(text)'"))
    }
}
