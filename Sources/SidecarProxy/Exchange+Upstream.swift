import HTTP1
import NIOCore

extension Exchange {
    /// Chooses an endpoint and sends the request to it, over an idle connection where there is one.
    func forward(to cluster: UpstreamCluster) {
        self.cluster = cluster
        cluster.counters.requests.add()
        cluster.counters.activeRequests.add()
        attemptsLeft = max(1, cluster.endpointCount - 1)
        if isRequestDone { startRouteTimeout() }
        guard let endpoint = cluster.choose() else {
            return reply(LocalReply(503, .noHealthyUpstream, "cluster \(cluster.name) has no endpoint"))
        }
        take(endpoint)
        acquire(cluster, endpoint, isFresh: wantsWebSocket)
    }

    private func take(_ next: UpstreamEndpoint) {
        endpoint?.activeRequests -= 1
        next.activeRequests += 1
        endpoint = next
    }

    private func acquire(_ cluster: UpstreamCluster, _ endpoint: UpstreamEndpoint, isFresh: Bool) {
        attempt += 1
        switch endpoint.acquire(for: self, ticket: attempt, isFresh: isFresh) {
        case .ready(let upstream): attach(upstream)
        case .waiting: break
        case .overflow:
            reply(LocalReply(503, .overflow, "cluster \(cluster.name) has too many connections"))
        }
    }

    /// Whether the exchange still waits for the connection that was asked for with `ticket`.
    func awaits(_ ticket: Int) -> Bool { ticket == attempt && phase == .active && upstream == nil && cluster != nil }

    /// The connection that was asked for is there.
    func connected(_ upstream: any UpstreamStream) {
        attach(upstream)
        self.upstream?.flush()
        downstream?.acceptanceChanged()
    }

    /// Asks for a connection outside the client's own events, which flush what they lead to.
    private func acquireAgain(_ cluster: UpstreamCluster, _ endpoint: UpstreamEndpoint, isFresh: Bool) {
        acquire(cluster, endpoint, isFresh: isFresh)
        guard let upstream else { return }
        upstream.flush()
        downstream?.acceptanceChanged()
    }

    /// The connection that was asked for cannot be had.
    func connectFailed(_ failure: ConnectFailure) {
        guard let cluster else { return }
        if attemptsLeft > 0, cluster.hasAlternatives, let next = cluster.choose(avoiding: endpoint) {
            attemptsLeft -= 1
            cluster.counters.retries.add()
            take(next)
            return acquireAgain(cluster, next, isFresh: false)
        }
        reply(LocalReply(503, .connectionFailure, failure.reason(cluster: cluster.name)))
    }

    private func attach(_ upstream: any UpstreamStream) {
        self.upstream = upstream
        upstream.setReading(downstream?.isWritable ?? true)
        let isLast = isRequestDone && body.readableBytes == 0 && !isRequestChunked
        upstream.sendHead(request, isLast: isLast)
        guard !isLast else { return }
        if body.readableBytes > 0 { upstream.sendBody(body) }
        if isRequestDone { upstream.sendEnd(trailers) }
    }

    /// The client takes more of the response again, or no more.
    func downstreamWritabilityChanged(_ isWritable: Bool) {
        upstream?.setReading(isWritable)
    }

    /// The endpoint takes more of the request again, or no more.
    func upstreamWritabilityChanged() {
        downstream?.acceptanceChanged()
    }

    /// The endpoint ended the attempt before the response was complete.
    func upstreamFailed(_ upstream: any UpstreamStream, _ failure: UpstreamFailure) {
        guard phase != .idle, let cluster else { return }
        self.upstream = nil
        guard phase == .active, !hasResponse else { return abort() }
        if mayRetry(upstream, failure), let endpoint {
            cluster.counters.retries.add()
            isReplayable = false
            return acquireAgain(cluster, endpoint, isFresh: true)
        }
        cluster.counters.resets.add()
        let flag: ResponseFlag = failure == .connectionClosed ? .connectionTermination : .upstreamReset
        let what = failure == .connectionClosed ? "closed the connection" : "reset the stream"
        reply(LocalReply(503, flag, "\(cluster.name) \(what) before it answered"))
    }

    /// Only what was not processed, or what a race with the endpoint's close explains and may be done twice (RFC 9110
    /// section 9.2.2).
    private func mayRetry(_ upstream: any UpstreamStream, _ failure: UpstreamFailure) -> Bool {
        guard isReplayable, isRequestDone, !upstream.hasAnswered else { return false }
        switch failure {
        case .unprocessed: return true
        case .connectionClosed: return upstream.isReused && method.isIdempotent
        case .reset: return false
        }
    }

    /// The endpoint broke HTTP.
    func upstreamBroke(_ reason: String) {
        guard phase == .active, let cluster else { return }
        upstream = nil
        guard !hasResponse else { return abort() }
        reply(LocalReply(502, .upstreamProtocolError, "\(cluster.name) broke HTTP: \(reason)"))
    }
}
