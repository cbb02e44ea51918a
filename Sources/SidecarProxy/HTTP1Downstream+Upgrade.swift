import NIOCore

extension HTTP1Downstream {
    /// Makes place for HTTP/2, whose preface has come (RFC 9113 section 3.3).
    ///
    /// - Returns: False, for there is nothing more to do here.
    func handOver() -> Bool {
        guard let context else { return false }
        let bytes = input
        input = ByteBuffer()
        do {
            try site.installHTTP2(context.channel, after: self)
        } catch {
            context.close(promise: nil)
            return false
        }
        // The connection is counted by its new handler.
        counters.connections.add(-1)
        context.fireChannelRead(NIOAny(bytes))
        context.fireChannelReadComplete()
        context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
        return false
    }
}
