import NIOCore

/// Stands before the handler of HTTP/2: counts what that does not, and shuts when the connection has failed.
///
/// | flood | who ends it |
/// |---|---|
/// | RST_STREAM, stream errors, empty DATA, CONTINUATION, PING, SETTINGS, PRIORITY | NIOHTTP2 |
/// | WINDOW_UPDATE, GOAWAY, frames of unknown types | this gate, beyond 1,000 in a second and two for each DATA sent |
/// | header block beyond 60 KiB | this gate |
/// | header block that does not end | this gate tells since when it is open |
///
/// A block for a stream that its peer has ended is told as well: it is an error of type STREAM_CLOSED (RFC 9113 section
/// 5.1), and NIOHTTP2 would take it for another.
final class HTTP2Gate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The most frames of the kinds that are counted here in a second.
    private let budget: Int
    private static let clientMagic = 24
    /// The most bytes of one header block, as many as what it stands for may have.
    private static let blockLimit = 60 * 1024
    /// GOAWAY without an error, for all streams that there can be (RFC 9113 section 6.8).
    private static let notice: [UInt8] = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]

    /// Whether what comes is dropped.
    var isShut = false
    /// Since when a header block is incomplete, or nil.
    private(set) var headerBlockStart: NIODeadline?
    /// Told, once, of a flood.
    var flooded: (() -> Void)?
    /// Told of a block for the stream with this number when an earlier stream than the newest is meant; returns whether
    /// it may be read.
    var reopened: ((UInt32) -> Bool)?

    private var context: ChannelHandlerContext?
    private var blockBytes = 0
    private var skip: Int
    private var header: UInt64 = 0
    private var stream: UInt32 = 0
    private var newestStream: UInt32 = 0
    private var headerBytes = 0
    private var count = 0
    private var windowStart = NIODeadline.now()

    /// Makes a gate; a server's peer begins with a preface.
    init(isServer: Bool, budget: Int = 1000) {
        self.budget = budget
        skip = isServer ? Self.clientMagic : 0
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        while !isShut, buffer.readableBytes > 0 {
            let finding = inspect(buffer)
            if case .flood = finding {
                flooded?()
                flooded = nil
                guard !isShut else { return }
            }
            guard case .block(let end) = finding else { return context.fireChannelRead(wrapInboundOut(buffer)) }
            // What comes before decides whether the stream still takes a block.
            guard let slice = buffer.readSlice(length: end) else { return }
            context.fireChannelRead(wrapInboundOut(slice))
            guard !isShut, reopened?(stream) ?? true else { return }
        }
    }

    /// Notes that data was sent, for which the peer may well open its window.
    func credit() { count = max(0, count - 2) }

    /// Asks the peer to open no more streams, but serves those that it opens before it knows.
    ///
    /// NIOHTTP2 would refuse them as soon as no stream is open, so it must not learn of this GOAWAY.
    func announceGoAway() {
        context?.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: Self.notice)), promise: nil)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        flooded = nil
        reopened = nil
    }

    /// What a walk over frames has found.
    private enum Finding {
        case nothing
        case flood
        /// The header of a HEADERS frame for a stream that is not new ends behind so many bytes.
        case block(Int)
    }

    /// Walks over the frames.
    private func inspect(_ buffer: ByteBuffer) -> Finding {
        let bytes = buffer.readableBytesUInt8Span
        var index = 0
        var isCalm = true
        while index < bytes.count {
            if skip > 0 {
                let step = min(skip, bytes.count - index)
                skip -= step
                index += step
                continue
            }
            // Length (3 bytes), type, flags, the stream's identifier (4 bytes).
            if headerBytes < 5 { header = header << 8 | UInt64(bytes[index]) }
            if headerBytes >= 5 { stream = stream << 8 | UInt32(bytes[index]) }
            headerBytes += 1
            index += 1
            guard headerBytes == 9 else { continue }
            let type = UInt8(header >> 8 & 0xFF)
            skip = Int(header >> 16 & 0xFF_FFFF)
            isCalm = frame(type: type, flags: UInt8(header & 0xFF)) && isCalm
            header = 0
            headerBytes = 0
            guard type == 1, reopened != nil else { continue }
            stream &= 0x7FFF_FFFF
            if stream <= newestStream, isCalm { return .block(index) }
            newestStream = max(newestStream, stream)
        }
        return isCalm ? .nothing : .flood
    }

    private func frame(type: UInt8, flags: UInt8) -> Bool {
        switch type {
        case 1, 9:
            let isComplete = flags & 0x4 != 0
            if isComplete { headerBlockStart = nil } else { headerBlockStart = headerBlockStart ?? .now() }
            blockBytes = type == 1 ? skip : blockBytes + skip
            return blockBytes <= Self.blockLimit
        case 0, 2...6: return true
        default:
            let now = NIODeadline.now()
            if now - windowStart > .seconds(1) {
                windowStart = now
                count = 0
            }
            count += 1
            return count <= budget
        }
    }
}
