import HTTP1
import LoadBalancing
import NIOCore
import ServerCore

extension Exchange {
    /// An interim response has come; 100 was sent already, and HTTP/1.0 knows none.
    func receiveInterim(_ head: ResponseHead, _ bytes: ByteBuffer) {
        guard head.status != 100, minorVersion > 0 else { return }
        downstream?.sendInterim(head, bytes)
    }

    /// The head of the response has come.
    func receive(_ head: ResponseHead, _ bytes: ByteBuffer) {
        guard !retriesAnswer(head, bytes) else { return }
        let now = NIODeadline.now()
        lastActivity = now
        hasResponse = true
        status = head.status
        tryDeadline = nil
        if retries > 0, head.status < 500 { cluster?.counters.retrySuccesses.add() }
        counters.classes.count(head.status)
        cluster?.counters.classes.count(head.status)
        additions.clear()
        additions.writeStaticString("x-envoy-upstream-service-time: ")
        HeadWriter.writeDecimal(Int((now - startTime).nanoseconds / 1_000_000), into: &additions)
        additions.writeStaticString("\r\n")
        downstream?.sendHead(head, bytes, additions)
        guard head.status == 101 else { return }
        phase = .tunnel
        routeDeadline = nil
        downstream?.beginTunnel()
    }

    /// A piece of the response's body has come, at `range` of the readable bytes.
    func receiveResponseBody(_ bytes: ByteBuffer, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        if range.count > 4096 { lastActivity = .now() }
        downstream?.sendBody(bytes, range)
    }

    /// The response is complete, and the endpoint has let go of the exchange.
    func receiveResponseEnd(_ trailers: [UInt8]) {
        guard phase == .active else { return }
        _ = release(.response(status: status))
        leaveCluster()
        finish()
        downstream?.sendEnd(trailers)
    }

    /// Bytes of a tunnel have come from the endpoint.
    func receiveTunnelBytes(_ bytes: ByteBuffer) {
        lastActivity = .now()
        downstream?.sendBody(bytes, 0..<bytes.readableBytes)
    }

    /// The endpoint has ended the tunnel.
    func tunnelEnded() {
        guard phase == .tunnel else { return }
        _ = release(.response(status: status))
        leaveCluster()
        finish()
        downstream?.endTunnel()
    }

    /// Sends bytes of a tunnel to the endpoint.
    func sendTunnelBytes(_ bytes: ByteBuffer) {
        guard phase == .tunnel, bytes.readableBytes > 0 else { return }
        lastActivity = .now()
        upstream?.sendBody(bytes)
    }

    /// Answers the request here and ends what was under way for it.
    ///
    /// - Parameters:
    ///   - reply: The answer.
    ///   - outcome: How the endpoint behaved, or nil when it had no part in it.
    func reply(_ reply: LocalReply, _ outcome: RequestOutcome? = nil) {
        guard phase == .active, !hasResponse else { return }
        attempt += 1
        let cluster = cluster
        release(outcome)?.cancel()
        leaveCluster()
        hasResponse = true
        counters.classes.count(reply.status)
        if reply.flag != .downstreamProtocolError { cluster?.counters.classes.count(reply.status) }
        let isGRPC = isGRPC
        finish()
        downstream?.sendReply(isGRPC ? reply.forGRPC() : reply)
    }

    /// Ends the exchange so that nobody takes a part for the whole.
    func abort() {
        attempt += 1
        release(.connectionFailed)?.cancel()
        leaveCluster()
        finish()
        downstream?.cut()
    }
}
