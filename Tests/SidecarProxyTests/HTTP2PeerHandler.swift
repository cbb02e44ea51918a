import HTTP2
import NIOCore
import Synchronization

/// One connection of a peer: takes out what it does not hear and has a session do the rest.
final class HTTP2PeerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let role: HTTP2Session.Role
    private let state: HTTP2Peer.State
    private let session: HTTP2Session
    private var input = ByteBuffer()
    private var hasPreface = false

    init(_ role: HTTP2Session.Role, _ state: HTTP2Peer.State) {
        self.role = role
        self.state = state
        session = HTTP2Session(role, settings: HTTP2Settings(), connectionWindow: 65_535)
        session.delegate = self
    }

    func channelActive(context: ChannelHandlerContext) {
        state.connections.wrappingAdd(1, ordering: .relaxed)
        session.start()
        if role == .client, let stream = session.open(Request(session, state)), session.beginHeaders(stream) {
            for (name, value) in [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "a")] {
                session.field(name, value)
            }
            session.endHeaders(stream, isLast: true)
        }
        context.writeAndFlush(wrapOutboundOut(session.takeOutput()), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { state.closed.wrappingAdd(1, ordering: .relaxed) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        input.writeBuffer(&buffer)
        if role == .server, !hasPreface, let preface = input.readSlice(length: 24) {
            hasPreface = true
            session.receive(preface)
        }
        while role == .client || hasPreface, let frame = nextFrame() {
            let kind = frame.getInteger(at: frame.readerIndex + 3, as: UInt8.self)
            if kind == 6 { state.pings.wrappingAdd(1, ordering: .relaxed) }
            // Who is deaf still hears SETTINGS.
            if !state.isDeaf || kind == 4 { session.receive(frame) }
        }
        let output = session.takeOutput()
        if output.readableBytes > 0 { context.writeAndFlush(wrapOutboundOut(output), promise: nil) }
    }

    private func nextFrame() -> ByteBuffer? {
        guard let word = input.getInteger(at: input.readerIndex, as: UInt32.self) else { return nil }
        return input.readSlice(length: 9 + Int(word >> 8))
    }
}

extension HTTP2PeerHandler: HTTP2SessionDelegate {
    func opened(_ stream: HTTP2Stream) -> (any HTTP2StreamHandler)? {
        let request = Request(session, state)
        request.stream = stream
        return request
    }

    func closedStream() {}
    func peerGoesAway() {}
    func failed(_ code: HTTP2ErrorCode) {}

    /// One request, of the client or for the application.
    private final class Request: HTTP2StreamHandler {
        weak var stream: HTTP2Stream?
        private let session: HTTP2Session
        private let state: HTTP2Peer.State

        init(_ session: HTTP2Session, _ state: HTTP2Peer.State) {
            self.session = session
            self.state = state
        }

        func receive(_ block: HeaderBlock, isLast: Bool) { finish(isLast) }
        func receive(_ data: ByteBuffer, isLast: Bool) { finish(isLast) }
        func queueShrank() {}
        func ended(_ code: HTTP2ErrorCode) {}

        private func finish(_ isLast: Bool) {
            guard isLast else { return }
            // Only the application knows its stream.
            guard let stream else {
                state.answers.wrappingAdd(1, ordering: .relaxed)
                return
            }
            guard session.beginHeaders(stream) else { return }
            session.field(":status", "200")
            session.endHeaders(stream, isLast: true)
        }
    }
}
