import LoadBalancing
import NIOCore
import NIOHPACK
import NIOHTTP2
import ProxyConfiguration

/// Asks an endpoint over HTTP/2: for a page, or for `grpc.health.v1.Health/Check`.
final class HTTP2ProbeHandler: ChannelInboundHandler, HTTP2FrameObserver {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    /// What is asked for.
    enum Question {
        case http(HTTPProbe)
        case grpc(service: String, authority: String)
    }

    private let probe: HealthProbe
    private let question: Question
    private let scheme: String
    private var message: [UInt8] = []

    init(_ probe: HealthProbe, _ question: Question, scheme: String) {
        self.probe = probe
        self.question = question
        self.scheme = scheme
    }

    func handlerAdded(context: ChannelHandlerContext) {
        switch question {
        case .http(let check):
            var fields = [
                (":method", check.method), (":scheme", scheme), (":authority", probe.host), (":path", check.path),
                ("user-agent", "pillion-proxy/HC"),
            ]
            fields += check.headers.map { ($0.name.lowercased(), $0.value) }
            write(context, .headers(.init(headers: HPACKHeaders(fields), endStream: true)))
        case .grpc(let service, let authority):
            let fields = [
                (":method", "POST"), (":scheme", scheme), (":authority", authority),
                (":path", "/grpc.health.v1.Health/Check"), ("content-type", "application/grpc"), ("te", "trailers"),
                ("user-agent", "pillion-proxy/HC"),
            ]
            write(context, .headers(.init(headers: HPACKHeaders(fields))))
            let data = ByteBuffer(bytes: Self.request(service))
            write(context, .data(.init(data: .byteBuffer(data), endStream: true)))
        }
        context.flush()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data).payload {
        case .headers(let headers): receive(headers.headers, isLast: headers.endStream)
        case .data(let data):
            guard case .byteBuffer(let bytes) = data.data, message.count + bytes.readableBytes <= 4096 else {
                return probe.finish(.failure)
            }
            message += bytes.readableBytesView
        case .rstStream, .goAway: probe.finish(.failure)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) { probe.finish(.failure) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { probe.finish(.failure) }

    func sentData(_ streamID: HTTP2StreamID, _ count: Int) {}

    func sentFatalGoAway() { probe.finish(.failure) }

    private func receive(_ headers: HPACKHeaders, isLast: Bool) {
        switch question {
        case .http(let check):
            guard let status = headers.first(name: ":status").flatMap({ Int($0) }), status >= 200 else { return }
            probe.finish(check.expectedStatuses.contains { $0.contains(status) } ? .success : .fatalFailure)
        case .grpc:
            if let status = headers.first(name: ":status"), status != "200" { return probe.finish(.failure) }
            guard isLast else { return }
            guard headers.first(name: "grpc-status") == "0" else { return probe.finish(.failure) }
            // HealthCheckResponse: field 1, SERVING = 1, behind five bytes of framing.
            probe.finish(Array(message.dropFirst(5)) == [0x08, 0x01] ? .success : .fatalFailure)
        }
    }

    /// A HealthCheckRequest with its framing: no compression, the length, field 1 with the service's name.
    private static func request(_ service: String) -> [UInt8] {
        let name = Array(service.utf8.prefix(127))
        let body = name.isEmpty ? [] : [0x0A, UInt8(name.count)] + name
        return [0, 0, 0, 0, UInt8(truncatingIfNeeded: body.count)] + body
    }

    private func write(_ context: ChannelHandlerContext, _ payload: HTTP2Frame.FramePayload) {
        context.write(wrapOutboundOut(HTTP2Frame(streamID: 1, payload: payload)), promise: nil)
    }
}
