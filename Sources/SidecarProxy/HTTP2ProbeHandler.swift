import HTTP2
import LoadBalancing
import NIOCore
import ProxyConfiguration

/// Asks an endpoint over HTTP/2: for a page, or for `grpc.health.v1.Health/Check`.
final class HTTP2ProbeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What is asked for.
    enum Question {
        case http(HTTPProbe)
        case grpc(service: String, authority: String)
    }

    private let probe: HealthProbe
    private let question: Question
    private let scheme: String
    private let session = HTTP2Stack.session(.client, HTTP2Options())
    private var context: ChannelHandlerContext?
    private var message: [UInt8] = []

    init(_ probe: HealthProbe, _ question: Question, scheme: String) {
        self.probe = probe
        self.question = question
        self.scheme = scheme
        session.delegate = self
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        session.start()
        guard let stream = session.open(self), session.beginHeaders(stream) else { return }
        for (name, value) in fields { session.field(name, value) }
        switch question {
        case .http: session.endHeaders(stream, isLast: true)
        case .grpc(let service, _):
            session.endHeaders(stream, isLast: false)
            session.send(ByteBuffer(bytes: Self.request(service)), on: stream)
            session.end(stream)
        }
        flush()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        session.endStreams(.cancel)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        session.receive(unwrapInboundIn(data))
        flush()
    }

    func channelInactive(context: ChannelHandlerContext) { probe.finish(.failure) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { probe.finish(.failure) }

    private var fields: [(String, String)] {
        switch question {
        case .http(let check):
            [
                (":method", check.method), (":scheme", scheme), (":authority", probe.host), (":path", check.path),
                ("user-agent", "pillion-proxy/HC"),
            ] + check.headers.map { ($0.name, $0.value) }
        case .grpc(_, let authority):
            [
                (":method", "POST"), (":scheme", scheme), (":authority", authority),
                (":path", "/grpc.health.v1.Health/Check"), ("content-type", "application/grpc"), ("te", "trailers"),
                ("user-agent", "pillion-proxy/HC"),
            ]
        }
    }

    private func flush() {
        guard let context, session.output.readableBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(session.takeOutput()), promise: nil)
    }

    /// A HealthCheckRequest with its framing: no compression, the length, field 1 with the service's name.
    private static func request(_ service: String) -> [UInt8] {
        let name = Array(service.utf8.prefix(127))
        let body = name.isEmpty ? [] : [0x0A, UInt8(name.count)] + name
        return [0, 0, 0, 0, UInt8(truncatingIfNeeded: body.count)] + body
    }
}

extension HTTP2ProbeHandler: HTTP2StreamHandler {
    func receive(_ block: HeaderBlock, isLast: Bool) {
        let status = block.first(":status")
        switch question {
        case .http(let check):
            guard let status = status.flatMap({ Int($0) }), status >= 200 else { return }
            probe.finish(check.expectedStatuses.contains { $0.contains(status) } ? .success : .fatalFailure)
        case .grpc:
            if let status, status != "200" { return probe.finish(.failure) }
            guard isLast else { return }
            guard block.first("grpc-status") == "0" else { return probe.finish(.failure) }
            // HealthCheckResponse: field 1, SERVING = 1, behind five bytes of framing.
            probe.finish(Array(message.dropFirst(5)) == [0x08, 0x01] ? .success : .fatalFailure)
        }
    }

    func receive(_ data: ByteBuffer, isLast: Bool) {
        guard message.count + data.readableBytes <= 4096 else { return probe.finish(.failure) }
        message += data.readableBytesView
    }

    func queueShrank() {}

    func ended(_ code: HTTP2ErrorCode) { probe.finish(.failure) }
}

extension HTTP2ProbeHandler: HTTP2SessionDelegate {
    func opened(_ stream: HTTP2Stream) -> (any HTTP2StreamHandler)? { nil }

    func closedStream() {}

    func peerGoesAway() { probe.finish(.failure) }

    func failed(_ code: HTTP2ErrorCode) { probe.finish(.failure) }
}
