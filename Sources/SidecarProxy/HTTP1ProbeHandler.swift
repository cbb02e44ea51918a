import HTTP1
import LoadBalancing
import NIOCore
import ProxyConfiguration

/// Asks an endpoint over HTTP/1.1 and looks at the status.
final class HTTP1ProbeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let probe: HealthProbe
    private let check: HTTPProbe
    private var parser = ResponseParser()
    private var input = ByteBuffer()

    init(_ probe: HealthProbe, _ check: HTTPProbe) {
        self.probe = probe
        self.check = check
    }

    func handlerAdded(context: ChannelHandlerContext) {
        var head = "\(check.method) \(check.path) HTTP/1.1\r\nhost: \(probe.host)\r\n"
        if !check.removedHeaders.contains("user-agent") { head += "user-agent: pillion-proxy/HC\r\n" }
        for header in check.headers { head += "\(header.name): \(header.value)\r\n" }
        head += "connection: close\r\n\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        input.writeBuffer(&bytes)
        do throws(HTTP1Error) {
            while try parser.parse(input.readableBytesUInt8Span, isHead: check.method == "HEAD") {
                let head = parser.head
                guard head.isInterim else {
                    let isExpected = check.expectedStatuses.contains { $0.contains(head.status) }
                    return probe.finish(isExpected ? .success : .fatalFailure)
                }
                input.moveReaderIndex(forwardBy: head.byteCount)
                parser.reset()
            }
        } catch {
            probe.finish(.failure)
        }
    }

    func channelInactive(context: ChannelHandlerContext) { probe.finish(.failure) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { probe.finish(.failure) }
}
