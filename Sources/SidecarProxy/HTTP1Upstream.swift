import AccessLog
import HTTP1
import NIOCore

/// A connection of HTTP/1.1 to an endpoint: writes requests one after the other and reads their responses.
///
///     idle --begin--> head --complete--> body --finished--> idle (or closed)
///                      '-- 101 --> tunnel
///
/// Everything of it happens on the event loop of the exchanges that it serves.
final class HTTP1Upstream: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let endpoint: UpstreamEndpoint
    var idleSince = NIODeadline.now()
    /// Whether the connection has served a request before the one under way.
    private(set) var isReused = false
    /// Whether a byte of the response under way has come.
    private(set) var hasAnswered = false
    private(set) var isWritable = true
    let version = LogProtocol.http11
    private(set) lazy var localAddress = ClientConnection.text(context?.channel.localAddress)

    private(set) var socket: PlainSocket?
    var context: ChannelHandlerContext?
    var exchange: Exchange?
    private var parser = ResponseParser()
    var body = BodyDecoder(.none)
    var input = ByteBuffer()
    private(set) var isReadingHead = true
    var isTunnel = false
    private var isPersistent = true
    var isReadingPaused = false
    private var failed = false
    private var isOpen = false
    var needsFlush = false
    var isFlushAwaited = false
    /// What was written first since the last time that something was sent; as long as there is no more, it is sent
    /// without the channel.
    var alone = ByteBuffer()
    /// Bytes that were written and not sent.
    var unsent = 0
    private var interim = 0
    /// Whether the last read filled its memory, so that there is likely more.
    var hasMore = false
    /// Whether the kernel moves the body under way, but for what is read with its head and to learn that there is more.
    var isSpliced = false
    var reads = ReadAmount.least
    /// Whether the kernel is to move more of the body at the end of the loop's round.
    var isSpliceAwaited = false

    /// The most interim responses before a final one.
    private static let interimLimit = 16

    init(endpoint: UpstreamEndpoint) {
        self.endpoint = endpoint
    }

    /// Whether the connection is open and has nothing under way.
    var isUsable: Bool { isOpen && exchange == nil && !failed }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if endpoint.context.credentials == nil { socket = PlainSocket(context.channel) }
        isOpen = context.channel.isActive
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    /// Starts to serve a request.
    func begin(_ exchange: Exchange) {
        self.exchange = exchange
        isReadingHead = true
        hasAnswered = false
        interim = 0
        isSpliceAwaited = false
        parser.reset()
    }

    /// Closes the connection.
    func close() {
        failed = true
        alone = ByteBuffer()
        context?.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        hasMore = buffer.writableBytes == 0
        guard exchange != nil else { return close() }
        hasAnswered = true
        if input.readableBytes > 0 {
            input.writeBuffer(&buffer)
        } else {
            input = buffer
        }
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard !isSpliceAwaited else { return }
        exchange?.downstream?.flush()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isWritable = context.channel.isWritable
        exchange?.upstreamWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        failed = true
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // A tunnel's client learns at once that the endpoint has nothing more to say.
        if case .inputClosed? = event as? ChannelEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOpen = false
        endpoint.connectionEnded()
        guard let exchange else {
            endpoint.forget(self)
            return
        }
        self.exchange = nil
        if isTunnel {
            exchange.tunnelEnded()
        } else if !isReadingHead, !failed, body.endsWithConnection {
            exchange.receiveResponseEnd([])
        } else {
            exchange.upstreamFailed(self, .connectionClosed)
        }
    }

    private func process() {
        while let exchange {
            if isTunnel {
                exchange.receiveTunnelBytes(input)
                input = ByteBuffer()
                return
            }
            do throws(HTTP1Error) {
                guard try isReadingHead ? readHead(exchange) : readBody(exchange) else { break }
            } catch {
                self.exchange = nil
                endpoint.counters.protocolErrors.add()
                close()
                return exchange.upstreamBroke(error.reason)
            }
        }
        if input.readableBytes == 0 { input = ByteBuffer() }
    }

    /// Reads a head; returns whether there is more to do.
    private func readHead(_ exchange: Exchange) throws(HTTP1Error) -> Bool {
        guard input.readableBytes > 0 else { return false }
        let received = input
        guard try parser.parse(received.readableBytesUInt8Span, isHead: exchange.method == .head) else {
            if hasMore { read(.medium) }
            return false
        }
        let head = parser.head
        guard head.status != 101 || head.isUpgrade && exchange.wantsWebSocket else {
            throw HTTP1Error(.unexpectedSwitch)
        }
        if head.isInterim {
            interim += 1
            guard interim <= Self.interimLimit else { throw HTTP1Error(.tooManyInterimResponses) }
            exchange.receiveInterim(head, input)
            input.moveReaderIndex(forwardBy: head.byteCount)
            parser.reset()
            return true
        }
        isReadingHead = false
        isPersistent = head.isPersistent
        body.restart(head.framing)
        isTunnel = head.status == 101
        input.moveReaderIndex(forwardBy: head.byteCount)
        exchange.receive(head, received)
        chooseReads(exchange)
        return !isTunnel || input.readableBytes > 0
    }

    /// Reads body bytes; returns whether there is more to do.
    private func readBody(_ exchange: Exchange) throws(HTTP1Error) -> Bool {
        let received = input
        var cursor = 0
        while true {
            switch try body.next(received.readableBytesUInt8Span, at: &cursor) {
            case .data(let range):
                exchange.receiveResponseBody(received, range)
                // The client may be gone by now.
                guard self.exchange != nil else { return false }
            case .needsMore:
                input.moveReaderIndex(forwardBy: cursor)
                awaitSplice()
                return false
            case .finished:
                input.moveReaderIndex(forwardBy: cursor)
                finish(exchange)
                return false
            }
        }
    }

    /// The response is complete.
    func finish(_ exchange: Exchange) {
        self.exchange = nil
        isReused = true
        // Bytes behind the response belong to nothing that was asked for; and an endpoint that answers before it has
        // the whole request cannot be trusted with the next one.
        let isReusable = isPersistent && input.readableBytes == 0 && !failed && exchange.isRequestDone
        input = ByteBuffer()
        setReading(true)
        if isReusable { endpoint.putBack(self) } else { close() }
        exchange.receiveResponseEnd(body.trailers)
    }
}
