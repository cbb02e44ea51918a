import NIOCore

/// Stands before the handler of HTTP/2: counts what that does not, and shuts when the connection has failed.
///
/// | flood | who ends it |
/// |---|---|
/// | RST_STREAM, stream errors, empty DATA, CONTINUATION, PING, SETTINGS, PRIORITY | NIOHTTP2 |
/// | WINDOW_UPDATE, frames of unknown types | this gate, beyond 1,000 in a second and two for each DATA sent |
/// | header block that does not end | this gate tells since when it is open |
final class HTTP2Gate: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The most frames of the kinds that are counted here in a second.
    private let budget: Int
    private static let clientMagic = 24

    /// Whether what comes is dropped.
    var isShut = false
    /// Since when a header block is incomplete, or nil.
    private(set) var headerBlockStart: NIODeadline?
    /// Told, once, of a flood.
    var flooded: (() -> Void)?

    private var skip: Int
    private var header: UInt64 = 0
    private var headerBytes = 0
    private var count = 0
    private var windowStart = NIODeadline.now()

    /// Makes a gate; a server's peer begins with a preface.
    init(isServer: Bool, budget: Int = 1000) {
        self.budget = budget
        skip = isServer ? Self.clientMagic : 0
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isShut else { return }
        let isCalm = inspect(unwrapInboundIn(data))
        context.fireChannelRead(data)
        guard !isCalm, !isShut else { return }
        flooded?()
        flooded = nil
    }

    /// Notes that data was sent, for which the peer may well open its window.
    func credit() { count = max(0, count - 2) }

    func handlerRemoved(context: ChannelHandlerContext) { flooded = nil }

    /// Walks over the frames; returns whether their number is bearable.
    private func inspect(_ buffer: ByteBuffer) -> Bool {
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
            // Length (3 bytes), type, flags; the stream's identifier (4 bytes) is not looked at.
            if headerBytes < 5 { header = header << 8 | UInt64(bytes[index]) }
            headerBytes += 1
            index += 1
            guard headerBytes == 9 else { continue }
            isCalm = frame(type: UInt8(header >> 8 & 0xFF), flags: UInt8(header & 0xFF)) && isCalm
            skip = Int(header >> 16 & 0xFF_FFFF)
            header = 0
            headerBytes = 0
        }
        return isCalm
    }

    private func frame(type: UInt8, flags: UInt8) -> Bool {
        switch type {
        case 1, 9:
            let isComplete = flags & 0x4 != 0
            if isComplete { headerBlockStart = nil } else { headerBlockStart = headerBlockStart ?? .now() }
            return true
        case 0, 2...7: return true
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
