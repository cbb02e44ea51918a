import HTTP1
import NIOCore

/// How bodies get to the client: small ones are read and written, the rest of large ones the kernel moves.
extension HTTP1Upstream {
    /// Decides how the body is read whose head has come, or what is left of it.
    func chooseReads(_ exchange: Exchange) {
        let left = body.remaining ?? .max
        let isLarge = left > ReadAmount.medium.piece
        isSpliced =
            isLarge && left < .max && exchange.downstream?.takesSplices == true && socket != nil
        if isSpliced { return read(.least) }
        guard isTunnel || left > input.readableBytes else { return }
        guard (exchange.downstream?.room ?? .max) > ReadAmount.medium.piece else { return readLittle() }
        read(isTunnel || isLarge ? .large : .medium)
    }

    /// Gives up the memory for large pieces: what is read would only wait in it.
    private func readLittle() {
        guard reads.piece > ReadAmount.medium.piece, let context else { return read(.medium) }
        reads = .medium
        reads.apply(to: context.channel)
    }

    /// Reads like this from now on, with the memory for larger pieces if there is some.
    func read(_ amount: ReadAmount) {
        guard amount.piece > reads.piece || amount.count < reads.count, endpoint.context.credentials == nil else {
            return
        }
        reads = amount
        if let context { amount.apply(to: context.channel) }
    }

    /// Has the kernel move what more has come, when everything has been read.
    func awaitSplice() {
        guard isSpliced, hasMore, let remaining = body.remaining, remaining >= SplicePipe.least else { return }
        isSpliceAwaited = true
        joinRound()
    }

    /// Has it moved.
    func splice() {
        guard let exchange, let socket, let remaining = body.remaining else { return }
        let count = exchange.spliceResponseBody(from: socket, atMost: remaining)
        // The client may be gone by now.
        guard count > 0, self.exchange != nil else { return }
        body.skip(count)
        if body.isFinished { finish(exchange) }
    }
}
