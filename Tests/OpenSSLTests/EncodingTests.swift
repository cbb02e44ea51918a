import Testing

@testable import OpenSSL

@Suite struct EncodingTests {
    @Test(
        "Base64 agrees with RFC 4648 section 10",
        arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
    )
    func encodesBase64(plain: String, encoded: String) throws {
        #expect(try Base64.encode(Array(plain.utf8)) == Array(encoded.utf8))
    }

    @Test(
        "Base64 is read back",
        arguments: ["", "f", "fo", "foo", "foob", "\u{0}\u{0}", String(repeating: "x", count: 10_000)]
    )
    func decodesBase64(plain: String) throws {
        let encoded = String(decoding: try Base64.encode(Array(plain.utf8)), as: UTF8.self)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test(
        "What is not Base64 is refused",
        arguments: ["Zg", "Zg=", "Z===", "Zm9v ", " Zm9", "Zm\n9", "Zm-_", "=Zm9", "Zm=v"]
    )
    func refusesBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test("Base64 of 10,000 bytes has no line breaks")
    func encodesLongBase64() throws {
        let encoded = try Base64.encode([UInt8](repeating: 0, count: 10_000))
        #expect(encoded.count == 13_336)
        #expect(!encoded.contains(10) && !encoded.contains(0))
    }

    @Test(
        "SHA-256 agrees with FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ]
    )
    func hashes(text: String, digest: String) throws {
        #expect(try SHA256.hexDigest(of: Array(text.utf8)) == digest)
    }

    @Test("The linked OpenSSL is new enough and says so")
    func checksVersion() throws {
        try OpenSSLVersion.requireSupported()
        #expect(OpenSSLVersion.text.hasPrefix("OpenSSL "))
    }
}
