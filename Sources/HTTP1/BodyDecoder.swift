/// Takes the framing off a body, whichever it is, without holding any of its bytes.
///
/// Call ``next(_:at:)`` until it says `needsMore` or `finished`. Chunk lines are consumed byte by byte; only trailers
/// are kept, up to the limit, because they are forwarded behind the body.
public struct BodyDecoder: Sendable {
    /// What the next bytes of the body are.
    public enum Step: Sendable, Equatable {
        /// Payload at these offsets.
        case data(Range<Int>)
        /// All bytes at hand are consumed and the body goes on.
        case needsMore
        /// The body has ended; bytes behind the cursor belong to the next message.
        case finished
    }

    private enum State: Sendable {
        case finished
        case length(Int)
        case untilClose
        case chunked
    }

    private var state: State
    private var chunks: ChunkedDecoder

    /// Makes a decoder for a body with `framing`.
    public init(_ framing: BodyFraming, limits: HTTP1Limits = .standard) {
        chunks = ChunkedDecoder(limits: limits)
        state = Self.state(framing)
    }

    private static func state(_ framing: BodyFraming) -> State {
        switch framing {
        case .none: .finished
        case .length(let count): count > 0 ? .length(count) : .finished
        case .untilClose: .untilClose
        case .chunked: .chunked
        }
    }

    /// Starts anew with another body; what only chunks need is made again only behind chunks.
    public mutating func restart(_ framing: BodyFraming) {
        if !chunks.isFresh { chunks = ChunkedDecoder(limits: chunks.limits) }
        state = Self.state(framing)
    }

    /// Whether the whole body has been read.
    ///
    /// A body that ends with the connection never says so.
    public var isFinished: Bool {
        if case .finished = state { true } else { false }
    }

    /// Whether the end of the connection is a proper end of this body.
    public var endsWithConnection: Bool {
        switch state {
        case .finished, .untilClose: true
        case .length, .chunked: false
        }
    }

    /// How many bytes of a body of known length have not come yet; nil where that is not known.
    public var remaining: Int? {
        switch state {
        case .finished: 0
        case .length(let count): count
        case .untilClose, .chunked: nil
        }
    }

    /// Leaves out bytes of a body of known length, at most ``remaining``, that went another way.
    public mutating func skip(_ count: Int) {
        guard case .length(let remaining) = state else { return }
        state = count < remaining ? .length(remaining - count) : .finished
    }

    /// The trailer lines to forward, each with its CR LF, without those that must not be trailers.
    public var trailers: [UInt8] { chunks.trailers }

    /// Reads on from `cursor` and moves it behind what was consumed.
    ///
    /// - Parameters:
    ///   - bytes: What was received.
    ///   - cursor: The offset of the first byte that has not been read.
    /// - Returns: The next piece.
    /// - Throws: When the chunked framing is broken.
    public mutating func next(_ bytes: Span<UInt8>, at cursor: inout Int) throws(HTTP1Error) -> Step {
        let available = max(0, bytes.count - cursor)
        switch state {
        case .finished:
            return .finished
        case .untilClose:
            guard available > 0 else { return .needsMore }
            defer { cursor = bytes.count }
            return .data(cursor..<bytes.count)
        case .length(let remaining):
            guard available > 0 else { return .needsMore }
            let count = min(available, remaining)
            state = count == remaining ? .finished : .length(remaining - count)
            defer { cursor += count }
            return .data(cursor..<cursor + count)
        case .chunked:
            let step = try chunks.next(bytes, at: &cursor)
            if step == .finished { state = .finished }
            return step
        }
    }
}
