import Glibc
import NIOCore

extension HTTP1Downstream {
    /// The longest time that the last answer of a connection may take where the configuration has no limit.
    private static var sendTimeout: TimeAmount { .minutes(5) }

    /// The client has ended its sending side: what it has asked for completely is still answered.
    ///
    /// RFC 9112 section 9.6 leaves this open and Envoy gives such requests up, but simple clients end their side as
    /// soon as they have nothing more to say.
    func inputClosed() {
        isInputClosed = true
        switch phase {
        case .idle, .active: process()
        case .tunnel: exchange.upstream?.endTunnel()
        case .lingering: if isOutputSent { context?.close(promise: nil) }
        case .closed: break
        }
    }

    /// Closes when what is awaited from a client that has ended its sending side can no longer come.
    func endIfStarved() {
        switch phase {
        case .idle: finishClosing()
        case .active where !exchange.isRequestDone && input.readableBytes == 0: context?.close(promise: nil)
        case .active, .tunnel, .lingering, .closed: break
        }
    }

    private func finishClosing() {
        phase = .lingering
        input = ByteBuffer()
        flushNow()
        endOutput()
    }

    /// Ends the sending side behind the last answer, however slowly the client reads it.
    ///
    /// The client may still be sending: closing at once would reset the connection and destroy the answer on its way.
    func endOutput() {
        pauseIfNeeded()
        let deadline = NIODeadline.now() + (plan.streamIdleTimeout ?? Self.sendTimeout)
        closeDeadline = deadline
        arm(at: deadline)
        guard let context else { return }
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { [weak self] _ in self?.outputSent() }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: sent)
    }

    private func outputSent() {
        guard phase == .lingering, let context else { return }
        isOutputSent = true
        guard !isInputClosed else { return context.close(promise: nil) }
        let deadline = NIODeadline.now() + plan.lingerTimeout
        closeDeadline = deadline
        arm(at: deadline)
        context.close(mode: .output, promise: nil)
    }

    /// Ends the connection so that nobody takes a part for the whole.
    ///
    /// | the response so far | ends with |
    /// |---|---|
    /// | has a length or chunks, so that the client sees what is missing | FIN behind what has come |
    /// | ends with the connection | RST, for FIN would make it seem complete |
    func cut() {
        guard phase == .active || phase == .tunnel else { return }
        if isResponseDelimited {
            phase = .lingering
            input = ByteBuffer()
            flushNow()
            return endOutput()
        }
        (context?.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete {
            _ in
        }
        context?.close(promise: nil)
    }
}
