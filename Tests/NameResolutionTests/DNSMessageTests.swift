import Testing

@testable import NameResolution

@Suite struct DNSMessageTests {
    /// An answer with one alias and one address.
    private static let message: [UInt8] =
        [0, 1, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0, 3, 0x61, 0x70, 0x70, 0, 0, 1, 0, 1]
        + [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 3, 1, 0x78, 0] + [
            1, 0x78, 0, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 0, 0, 1,
        ]

    @Test("An answer is read")
    func whole() throws {
        let message = try #require(DNSMessage(Self.message, type: .a))
        #expect(message.addresses.map(\.description) == ["10.0.0.1"])
        #expect(message.timeToLive == 9)
        #expect(try #require(DNSMessage(Self.message, type: .aaaa)).addresses.isEmpty)
    }

    @Test("An answer that ends early is broken, wherever it ends")
    func truncated() {
        for count in 0..<Self.message.count { #expect(DNSMessage(Array(Self.message.prefix(count)), type: .a) == nil) }
    }

    @Test("Any change of any byte is read or refused, never followed out of the message")
    func mutated() {
        for index in Self.message.indices {
            for value in [0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xFF] as [UInt8] {
                var bytes = Self.message
                bytes[index] = value
                if let message = DNSMessage(bytes, type: .a) { #expect(message.addresses.count <= 2) }
            }
        }
    }

    @Test("A life of more than 31 bits is none")
    func negativeLife() throws {
        var bytes = Self.message
        bytes[27] = 0x80
        #expect(try #require(DNSMessage(bytes, type: .a)).timeToLive == 0)
    }
}
