import HTTP1

/// What a request parser made of some bytes, in a form that can be compared.
struct ParsedRequest: Equatable {
    var outcome: Outcome
    var body: [UInt8] = []
    var trailers: [UInt8] = []

    enum Outcome: Equatable {
        case incomplete
        case refused(HTTP1ErrorCode)
        case complete(byteCount: Int, framing: BodyFraming, persistent: Bool, fields: [String], path: String)
    }

    /// Feeds `bytes` cut at `cuts`; the parser sees a longer prefix every time, the body decoder each piece once.
    init(_ bytes: [UInt8], cuts: [Int] = []) {
        var parser = RequestParser()
        outcome = .incomplete
        for end in cuts.sorted() + [bytes.count] {
            do throws(HTTP1Error) {
                guard try parser.parse(Array(bytes[..<end]).span) else { continue }
            } catch {
                outcome = .refused(error.code)
                return
            }
            let head = parser.head
            outcome = .complete(
                byteCount: head.byteCount,
                framing: head.framing,
                persistent: head.isPersistent,
                fields: head.section.fields.map { field in
                    let name = String(decoding: bytes[field.name.offsets], as: UTF8.self)
                    let value = String(decoding: bytes[field.value.offsets], as: UTF8.self)
                    return "\(field.isDropped ? "-" : "+")\(name)=\(value)"
                },
                path: String(decoding: bytes[head.path.offsets], as: UTF8.self)
            )
            decodeBody(bytes, from: head.byteCount, firstEnd: end, cuts: cuts, framing: head.framing)
            return
        }
    }

    private mutating func decodeBody(
        _ bytes: [UInt8],
        from start: Int,
        firstEnd: Int,
        cuts: [Int],
        framing: BodyFraming
    ) {
        var decoder = BodyDecoder(framing)
        var begin = start
        for end in [firstEnd] + cuts.filter({ $0 > firstEnd }).sorted() + [bytes.count] where end >= begin {
            let piece = Array(bytes[begin..<end])
            var cursor = 0
            reading: while true {
                do throws(HTTP1Error) {
                    switch try decoder.next(piece.span, at: &cursor) {
                    case .data(let range): body += piece[range]
                    case .needsMore: break reading
                    case .finished:
                        trailers = decoder.trailers
                        return
                    }
                } catch {
                    outcome = .refused(error.code)
                    return
                }
            }
            begin = end
        }
        if !decoder.isFinished { outcome = .incomplete }
    }
}
