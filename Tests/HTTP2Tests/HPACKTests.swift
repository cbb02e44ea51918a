import Fixtures
import Testing

@testable import HTTP2

@Suite("Header blocks (RFC 7541)")
struct HPACKTests {
    private static func bytes(_ hex: String) -> [UInt8] {
        var rest = Substring(hex.filter { $0 != " " })
        var bytes: [UInt8] = []
        while !rest.isEmpty {
            bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
            rest = rest.dropFirst(2)
        }
        return bytes
    }

    private static func lines(_ list: HeaderBlock) -> [String] {
        var lines: [String] = []
        list.forEach { name, value in
            lines.append("\(String(decoding: name)): \(String(decoding: value))")
            return true
        }
        return lines
    }

    @Test("Responses of appendix C.6: Huffman code, and a table of 256 bytes that pushes entries out")
    func responses() throws {
        var decoder = HPACKDecoder(listLimit: 10_000)
        var list = HeaderBlock()
        // The table's size comes first, as the examples assume it.
        let blocks = [
            "3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad"
                + "1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
            "4883 640e ffc1 c0bf",
            "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335"
                + "dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07",
        ]
        let location = "location: https://www.example.com"
        let first = "date: Mon, 21 Oct 2013 20:13:21 GMT"
        let cookie = "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"
        let expected = [
            [":status: 302", "cache-control: private", first, location],
            [":status: 307", "cache-control: private", first, location],
            [
                ":status: 200", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:22 GMT", location,
                "content-encoding: gzip", cookie,
            ],
        ]
        for (block, expected) in zip(blocks, expected) {
            try decoder.decode(Self.bytes(block).span, into: &list)
            #expect(Self.lines(list) == expected)
        }
    }

    @Test("What is written is read again, through changes of the table's size", arguments: 1...20)
    func roundTrip(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var encoder = HPACKEncoder()
        var decoder = HPACKDecoder(listLimit: 1 << 20)
        var list = HeaderBlock()
        let names = [":status", "Date", "x-One", "x-two", "cookie", "authorization", "content-length", "set-cookie"]
        for _ in 0..<100 {
            if Int.random(in: 0..<5, using: &random) == 0 {
                encoder.allow(tableSize: [0, 40, 100, 1000, 4096, 70_000].randomElement(using: &random) ?? 0)
            }
            encoder.begin()
            var expected: [String] = []
            for _ in 0..<Int.random(in: 0..<12, using: &random) {
                let name = names.randomElement(using: &random) ?? ""
                let length = [0, 1, 3, 30, 126, 127, 128, 300].randomElement(using: &random) ?? 0
                let value = String(repeating: ["a", "b", "ä"].randomElement(using: &random) ?? "", count: length)
                encoder.encode(name.utf8Span.span, value.utf8Span.span)
                expected.append("\(name.lowercased()): \(value)")
            }
            try decoder.decode(encoder.block.span, into: &list)
            #expect(Self.lines(list) == expected)
        }
    }

    @Test("Secrets and what changes every time end in no table")
    func unindexed() {
        var encoder = HPACKEncoder()
        let fields = [("authorization", "Bearer x"), ("set-cookie", "a=b"), ("cookie", "a=b"), (":path", "/a")]
        for (name, value) in fields {
            encoder.begin()
            encoder.encode(name.utf8Span.span, value.utf8Span.span)
            let first = encoder.block
            encoder.begin()
            encoder.encode(name.utf8Span.span, value.utf8Span.span)
            #expect(encoder.block == first && first.count > value.utf8.count)
        }
    }

    @Test("No bytes make the decoder trap", arguments: 1...40)
    func hostile(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var decoder = HPACKDecoder(listLimit: 5_000)
        var list = HeaderBlock()
        for _ in 0..<500 {
            let count = Int.random(in: 0..<60, using: &random)
            let block = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            try? decoder.decode(block.span, into: &list)
            #expect(list.size <= 15_000)
        }
    }

    @Test("A list beyond its limit is not unfolded to its end")
    func bomb() throws {
        var decoder = HPACKDecoder(listLimit: 60_000)
        var list = HeaderBlock()
        let fill: [UInt8] = [0x40, 1, 0x78, 0x7F, 0xA1, 0x1E] + [UInt8](repeating: 0x76, count: 4000)
        try decoder.decode(fill.span, into: &list)
        let block = [UInt8](repeating: 0xBE, count: 1000)
        #expect(throws: HPACKFailure.tooLarge) { try decoder.decode(block.span, into: &list) }
        #expect(list.size < 70_000)
    }

    @Test("A table holds little more than it may count, whatever is pushed out of it")
    func heldBytes() {
        var table = HPACKTable(maximumSize: 4096)
        let name: [UInt8] = [0x78]
        for count in (0..<200).map({ 3_000 + $0 }) {
            let value = [UInt8](repeating: 0x76, count: count)
            table.insert(HPACKTable.Key(name.span, value.span), name.span, value.span)
            #expect(table.count == 1 && table.hasValue(value.span, at: 0) && table.heldBytes <= 3 * 4096)
        }
    }
}
