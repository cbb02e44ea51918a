import HTTP1
import NIOCore

extension DownstreamHandler {
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
        if isReusable(cluster), let idle = cluster.takeIdle(endpoint) { return attach(idle) }
        connect(cluster, endpoint)
    }

    // A request that must not be sent twice goes over a fresh connection when it upgrades; all others may meet an
    // endpoint that closes just now, which the sweep after 3 s makes rare and a retry covers where it is safe.
    private func isReusable(_ cluster: UpstreamCluster) -> Bool { !wantsWebSocket }

    private func take(_ next: UpstreamEndpoint) {
        endpoint?.activeRequests -= 1
        next.activeRequests += 1
        endpoint = next
    }

    private func connect(_ cluster: UpstreamCluster, _ endpoint: UpstreamEndpoint) {
        guard cluster.mayConnect() else {
            return reply(LocalReply(503, .overflow, "cluster \(cluster.name) has too many connections"))
        }
        attempt += 1
        let expected = attempt
        let bound = NIOLoopBound((self, cluster), eventLoop: worker.eventLoop)
        cluster.connect(endpoint, worker: worker).whenComplete { result in
            let (handler, cluster) = bound.value
            handler.connected(result, attempt: expected, cluster)
        }
    }

    private func connected(_ result: Result<any Channel, any Error>, attempt: Int, _ cluster: UpstreamCluster) {
        switch result {
        case .success(let channel):
            guard let upstream = try? channel.pipeline.syncOperations.handler(type: UpstreamHandler.self) else {
                return channel.close(promise: nil)
            }
            guard attempt == self.attempt, phase == .active, self.upstream == nil else {
                return cluster.putBack(upstream, worker: worker)
            }
            attach(upstream)
            flushRequest()
        case .failure(let error):
            guard attempt == self.attempt, phase == .active else { return }
            connectFailed(error, cluster)
        }
    }

    private func connectFailed(_ error: any Error, _ cluster: UpstreamCluster) {
        if attemptsLeft > 0, cluster.hasAlternatives, let next = cluster.choose(avoiding: endpoint) {
            attemptsLeft -= 1
            cluster.counters.retries.add()
            take(next)
            return connect(cluster, next)
        }
        let reason =
            if case .connectTimeout = error as? ChannelError {
                "connecting to \(cluster.name) took too long"
            } else {
                "cannot connect to \(cluster.name): is the application listening?"
            }
        reply(LocalReply(503, .connectionFailure, reason))
    }

    private func attach(_ upstream: UpstreamHandler) {
        self.upstream = upstream
        upstream.begin(self, isHead: method == .head)
        upstream.setReading(isWritable)
        upstream.write(request)
    }

    private func flushRequest() {
        upstream?.flush()
        guard phase == .active, !isRequestDone else { return }
        process()
    }

    /// The endpoint ended the connection before the response was complete.
    func upstreamFailed(_ upstream: UpstreamHandler) {
        guard phase == .active, let cluster else { return }
        self.upstream = nil
        guard !hasResponse else { return abort() }
        if mayRetry(upstream), cluster.mayConnect(), let endpoint {
            cluster.counters.retries.add()
            isReplayable = false
            return connect(cluster, endpoint)
        }
        cluster.counters.resets.add()
        reply(LocalReply(503, .connectionTermination, "\(cluster.name) closed the connection before it answered"))
    }

    /// Only what a race with the endpoint's close explains, and only what may be done twice (RFC 9110 section 9.2.2).
    private func mayRetry(_ upstream: UpstreamHandler) -> Bool {
        upstream.isReused && !upstream.hasAnswered && isReplayable && isRequestDone && method.isIdempotent
            && request.readableBytes <= ConnectionPlan.waitingBytes
    }

    /// The endpoint broke HTTP.
    func upstreamBroke(_ error: HTTP1Error) {
        guard phase == .active, let cluster else { return }
        upstream = nil
        guard !hasResponse else { return abort() }
        reply(LocalReply(502, .upstreamProtocolError, "\(cluster.name) broke HTTP: \(error.reason)"))
    }

    func startRouteTimeout() {
        guard let routeTimeout, phase == .active, routeDeadline == nil else { return }
        let deadline = NIODeadline.now() + routeTimeout
        routeDeadline = deadline
        arm(at: deadline)
    }
}
