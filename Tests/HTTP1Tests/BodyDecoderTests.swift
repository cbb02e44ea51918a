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
}
