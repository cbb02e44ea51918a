import NIOCore

extension DownstreamHandler {
    /// Both sides speak WebSocket from here on; what the client sent ahead goes first.
    func startTunnel() {
        if input.readableBytes > 0 {
            upstream?.write(input)
            upstream?.flush()
            input = ByteBuffer()
        }
    }

    /// Passes bytes of the endpoint on.
    func forwardTunnel(_ bytes: ByteBuffer) {
        lastActivity = .now()
        writeTunnel(bytes)
    }

    /// The endpoint ended the tunnel.
    func tunnelEnded() {
        upstream = nil
        flushResponse()
        context?.close(promise: nil)
    }

    private func writeTunnel(_ bytes: ByteBuffer) {
        guard bytes.readableBytes > 0 else { return }
        flushResponse()
        context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }
}
