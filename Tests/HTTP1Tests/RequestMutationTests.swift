import Fixtures
import HTTP1
import Testing

@Suite("Mutated messages")
struct RequestMutationTests {
    @Test("Random damage never traps and never depends on the cuts", arguments: [UInt64](1...8))
    func mutations(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let corpus = (RequestCorpus.accepted + RequestCorpus.refused).map { Array($0.text.utf8) }.filter {
            $0.count < 800
        }
        for _ in 0..<600 {
            var bytes = corpus[Int(random.next() % UInt64(corpus.count))]
            for _ in 0...Int(random.next() % 4) { random.damage(&bytes) }
            let cut = Int(random.next() % UInt64(bytes.count + 1))
            let other = Int(random.next() % UInt64(bytes.count + 1))
            let whole = ParsedRequest(bytes)
            #expect(ParsedRequest(bytes, cuts: [cut, other]) == whole, "seed \(seed): \(bytes)")
        }
    }

    @Test("Random damage to responses never traps", arguments: [UInt64](1...4))
    func responses(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let corpus = ResponseParserTests.accepted.map { Array($0.0.utf8) }
        for _ in 0..<600 {
            var bytes = corpus[Int(random.next() % UInt64(corpus.count))]
            for _ in 0...Int(random.next() % 4) { random.damage(&bytes) }
            let cut = Int(random.next() % UInt64(bytes.count + 1))
            #expect(Self.outcome(bytes, []) == Self.outcome(bytes, [cut]), "seed \(seed): \(bytes)")
        }
    }

    private static func outcome(_ bytes: [UInt8], _ cuts: [Int]) -> String {
        var parser = ResponseParser()
        for end in cuts + [bytes.count] {
            do throws(HTTP1Error) {
                guard try parser.parse(Array(bytes[..<end]).span, isHead: false) else { continue }
                return "\(parser.head.status) \(parser.head.framing) \(parser.head.byteCount)"
            } catch {
                return "\(error.code)"
            }
        }
        return "incomplete"
    }
}

extension SplitMix64 {
    /// Changes, removes, doubles or inserts one byte, with a liking for those that matter to HTTP.
    mutating func damage(_ bytes: inout [UInt8]) {
        let telling: [UInt8] = [0, 9, 10, 13, 32, 35, 44, 58, 59, 0x30, 0x41, 0x7F, 0x80, 0xFF]
        let byte = next() % 2 == 0 ? telling[Int(next() % UInt64(telling.count))] : UInt8(truncatingIfNeeded: next())
        let place = bytes.isEmpty ? 0 : Int(next() % UInt64(bytes.count))
        switch next() % 4 {
        case 0 where !bytes.isEmpty: bytes[place] = byte
        case 1 where !bytes.isEmpty: bytes.remove(at: place)
        case 2: bytes.insert(byte, at: place)
        default: bytes.insert(contentsOf: bytes.prefix(place), at: place)
        }
    }
}
