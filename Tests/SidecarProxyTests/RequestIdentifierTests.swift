import Testing

@testable import SidecarProxy

@Suite("Request identifier")
struct RequestIdentifierTests {
    @Test(
        "Thirty-two bits become eight digits, the first in the lowest byte",
        arguments: [
            (0, "00000000"), (0xFFFF_FFFF, "ffffffff"), (0x0123_4567, "01234567"), (0x89AB_CDEF, "89abcdef"),
            (0x9A0F_F0A9, "9a0ff0a9"),
        ]
    )
    func digits(_ value: UInt64, _ expected: String) {
        #expect(Self.text(RequestIdentifier.hexadecimal(value)) == expected)
    }

    @Test("Every identifier is a version 4 UUID of its own")
    func version() {
        var identifier = RequestIdentifier()
        var seen: Set<String> = []
        for _ in 0..<1000 {
            let (first, second, third, fourth) = identifier.digits()
            let text = [first, second, third, fourth].map(Self.text).joined()
            #expect(text.count == 32)
            #expect(text.dropFirst(12).first == "4")
            #expect("89ab".contains(text.dropFirst(16).first ?? " "))
            seen.insert(text)
        }
        #expect(seen.count == 1000)
    }

    private static func text(_ word: UInt64) -> String {
        String(decoding: (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }, as: UTF8.self)
    }
}
