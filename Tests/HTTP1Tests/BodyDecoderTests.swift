import HTTP1
import Testing

@Suite("Body decoder")
struct BodyDecoderTests {
    @Test("Nothing of one body is left in the next")
    func restart() throws {
        var decoder = BodyDecoder(.none)
        let chunked = Array("3\r\nabc\r\n0\r\nx-sum: 1\r\n\r\n".utf8)
        for framing in [BodyFraming.chunked, .length(2), .chunked, .none, .chunked] {
            decoder.restart(framing)
            #expect(decoder.trailers.isEmpty)
            let bytes = framing == .chunked ? chunked : Array("de".utf8)
            var cursor = 0
            var body: [UInt8] = []
            loop: while true {
                switch try decoder.next(bytes.span, at: &cursor) {
                case .data(let range): body += bytes[range]
                case .needsMore, .finished: break loop
                }
            }
            #expect(decoder.isFinished)
            #expect(decoder.trailers.isEmpty == (framing != .chunked))
            switch framing {
            case .chunked: #expect(body == Array("abc".utf8))
            case .length: #expect(body == Array("de".utf8))
            case .none, .untilClose: #expect(body.isEmpty)
            }
        }
    }

    @Test("What went another way is left out of a body of known length")
    func skip() throws {
        var decoder = BodyDecoder(.length(10))
        var cursor = 0
        #expect(try decoder.next(Array("abc".utf8).span, at: &cursor) == .data(0..<3))
        #expect(decoder.remaining == 7)
        decoder.skip(5)
        #expect(decoder.remaining == 2 && !decoder.isFinished)
        cursor = 0
        #expect(try decoder.next(Array("deGET".utf8).span, at: &cursor) == .data(0..<2))
        #expect(decoder.isFinished && decoder.remaining == 0)
    }

    @Test("A body that is left out to its end, or beyond, is finished", arguments: [4, 5, Int.max])
    func skipAll(_ count: Int) {
        var decoder = BodyDecoder(.length(4))
        decoder.skip(count)
        #expect(decoder.isFinished)
    }

    @Test("Nothing is left out of a body of unknown length", arguments: [BodyFraming.chunked, .untilClose])
    func skipUnknown(_ framing: BodyFraming) {
        var decoder = BodyDecoder(framing)
        decoder.skip(4)
        #expect(decoder.remaining == nil && !decoder.isFinished)
    }
}
