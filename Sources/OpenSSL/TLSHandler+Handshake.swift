import NIOCore
import NIOTLS

extension TLSHandler {
    /// Goes on with the handshake, and delivers what came behind it: now, or when it is this connection's turn.
    func continueHandshake(_ context: ChannelHandlerContext) {
        guard !isWaitingForTurn else { return }
        guard let pacer else { return advanceAndDeliver(context) }
        isWaitingForTurn = !pacer.admit(self) { advanceAndDeliver(context) }
    }

    /// It is this connection's turn, which it has waited for.
    func takeTurn() {
        isWaitingForTurn = false
        guard let context else { return }
        advanceAndDeliver(context)
        context.fireChannelReadComplete()
        if owesChannelRead {
            owesChannelRead = false
            context.read()
        }
    }

    private func advanceAndDeliver(_ context: ChannelHandlerContext) {
        advanceHandshake(context)
        deliver(context, expecting: 1_024)
    }

    /// Goes on with the handshake as far as the received bytes allow, and announces its end.
    func advanceHandshake(_ context: ChannelHandlerContext) {
        guard lifecycle.phase == .handshaking else { return }
        switch connection.handshake() {
        case .needsInput:
            sendCiphertext(context)
        case .failed(let error):
            fail(error, context)
        case .complete:
            cancelDeadline()
            lifecycle.completeHandshake()
            // The peer's part of the handshake goes out before anything that the layers above write.
            writeCiphertext(context, promise: nil)
            let event = TLSUserEvent.handshakeCompleted(negotiatedProtocol: connection.negotiatedProtocol)
            context.fireUserInboundEventTriggered(event)
            sendFlushed(context)
            context.flush()
            endHeldOutput(context)
        }
    }

    /// Ends the session after `error`: tells the layers above, sends the alert if there is one, and lingers so that
    /// the peer can read it before the channel closes.
    func fail(_ error: OpenSSLError, _ context: ChannelHandlerContext) {
        guard lifecycle.fail() else { return }
        cancelDeadline()
        failPending(error)
        connection.discardReceived()
        sendCiphertext(context)
        context.fireErrorCaught(error)
        linger(context)
    }

    /// What the timer means in the present state.
    func deadlinePassed(_ context: ChannelHandlerContext) {
        guard lifecycle.phase == .handshaking else {
            closeChannel(context)
            return
        }
        let error = OpenSSLError(
            .handshakeTimedOut,
            "the handshake did not end within \(limits.handshakeTimeout.nanoseconds / 1_000_000) ms"
        )
        guard lifecycle.fail() else { return }
        failPending(error)
        context.fireErrorCaught(error)
        closeChannel(context)
    }
}
