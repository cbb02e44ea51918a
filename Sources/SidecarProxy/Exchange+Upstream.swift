import AccessLog
import HTTP1
import LoadBalancing
import NIOCore

extension Exchange {
    /// Chooses an endpoint and sends the request to it, over an idle connection where there is one.
    func send(to cluster: UpstreamCluster, _ forward: ForwardPlan) {
        self.cluster = cluster
        self.forward = forward
        clusterName = cluster.name
        retries = 0
        attempted = AttemptedEndpoints()
        backoff = forward.retry.backoff
        idleTimeout = forward.idleTimeout(idleTimeout)
        // The route's may be shorter than the one that the connection looks at.
        if let idleTimeout { downstream?.arm(at: lastActivity + idleTimeout) }
        if let limit = limits.duration {
            streamDeadline = startTime + limit
            downstream?.arm(at: startTime + limit)
        }
        cluster.counters.requests.add()
        cluster.counters.activeRequests.add()
        guard cluster.context.acquire(.request) else {
            cluster.counters.activeRequests.add(-1)
            self.cluster = nil
            return reply(LocalReply(503, .upstreamOverflow, "cluster \(cluster.name) has too many requests"))
        }
        choose(cluster, isFresh: wantsWebSocket)
        if isRequestDone { startTimeouts() }
    }

    /// Chooses an endpoint for the next attempt.
    func choose(_ cluster: UpstreamCluster, isFresh: Bool) {
        tries += 1
        guard let next = cluster.choose(hash: hash, excluding: attempted) else {
            return reply(LocalReply(503, .noHealthyUpstream, "cluster \(cluster.name) has no healthy endpoint"))
        }
        if let index = next.index { attempted.insert(index) }
        endpoint = next
        upstreamHost = next.key
        attempt += 1
        switch next.acquire(for: self, ticket: attempt, isFresh: isFresh) {
        case .ready(let upstream): attach(upstream)
        case .waiting: break
        case .overflow:
            reply(LocalReply(503, .upstreamOverflow, "cluster \(cluster.name) has too many connections"))
        }
    }

    /// Whether the exchange still waits for the connection that was asked for with `ticket`.
    func awaits(_ ticket: Int) -> Bool {
        ticket == attempt && phase == .active && upstream == nil && endpoint != nil
    }

    /// The connection that was asked for is there.
    func connected(_ upstream: any UpstreamStream) {
        attach(upstream)
        self.upstream?.flush()
        downstream?.acceptanceChanged()
    }

    /// The connection that was asked for cannot be had.
    func connectFailed(_ failure: ConnectFailure) {
        guard let cluster, let forward else { return }
        let outcome: RequestOutcome = failure == .timeout ? .timedOut : .connectionFailed
        transportFailure = failure.transportReason
        let isCovered = forward.retry.coversConnectFailure(hasAlternatives: cluster.hasAlternatives)
        if isCovered, retry(outcome, isFresh: false) { return }
        let answer = LocalReply(503, .upstreamConnectionFailure, failure.reason(cluster: cluster.name))
        reply(answer.detailed(failure.details), outcome)
    }

    private func attach(_ upstream: any UpstreamStream) {
        self.upstream = upstream
        endpoint?.account.requests += 1
        if plan.keepsHeads || answerPlan != nil {
            upstreamProtocol = upstream.version
            upstreamLocalAddress = upstream.localAddress
        }
        if let name = endpoint?.hostname { endpointHost?.put(name, into: &request) }
        upstream.setReading(downstream?.isWritable ?? true)
        let isLast = isRequestDone && body.readableBytes == 0 && !isRequestChunked
        upstream.sendHead(attemptHead(), isLast: isLast)
        startTry()
        guard !isLast else { return }
        if body.readableBytes > 0 { upstream.sendBody(body) }
        if isRequestDone { upstream.sendEnd(trailers) }
    }

    /// The head of the request as this attempt sends it.
    private func attemptHead() -> ByteBuffer {
        guard forward?.countsAttempts == true, request.readableBytes > 2 else { return request }
        // Before the empty line.
        var head = request.getSlice(at: request.readerIndex, length: request.readableBytes - 2) ?? request
        head.writeString("x-envoy-attempt-count: \(tries)\r\n\r\n")
        return head
    }

    /// The client takes more of the response again, or no more.
    func downstreamWritabilityChanged(_ isWritable: Bool) {
        upstream?.setReading(isWritable)
    }

    /// The endpoint takes more of the request again, or no more.
    func upstreamWritabilityChanged() {
        downstream?.acceptanceChanged()
    }

    /// The endpoint ended the attempt before the response was complete; it has let go of the exchange.
    func upstreamFailed(_ upstream: any UpstreamStream, _ failure: UpstreamFailure) {
        guard phase != .idle, let cluster, let forward else { return }
        self.upstream = nil
        guard phase == .active, !hasResponse else {
            let (flag, word) = failure.afterResponse(over: upstream.version)
            return abort(flag, "upstream_reset_after_response_started{\(word)}")
        }
        let wasIdle = upstream.isReused && !upstream.hasAnswered
        // An endpoint that closes a kept connection has not failed.
        let isBlameless = wasIdle && failure != .unresponsive || failure == .unprocessed
        let outcome: RequestOutcome? = isBlameless ? nil : .connectionFailed
        let isCovered =
            !upstream.hasAnswered
            && forward.retry.covers(failure, wasIdle: wasIdle, isIdempotent: method.isIdempotent)
        // The same endpoint over a fresh connection where nothing was wrong with it.
        if outcome == nil { attempted = AttemptedEndpoints() }
        if isCovered, isRequestDone, retry(outcome, isFresh: true) { return }
        cluster.counters.resets.add()
        let (flag, what): (ResponseFlag, String) =
            switch failure {
            case .connectionClosed: (.upstreamConnectionTermination, "closed the connection")
            case .unresponsive: (.upstreamConnectionTermination, "did not acknowledge a PING in time")
            case .reset, .unprocessed: (.upstreamRemoteReset, "reset the stream")
            }
        reply(LocalReply(503, flag, "\(cluster.name) \(what) before it answered"), outcome)
    }

    /// The endpoint broke HTTP; it has let go of the exchange.
    func upstreamBroke(_ reason: String) {
        guard phase != .idle, let cluster else { return }
        upstream = nil
        guard phase == .active, !hasResponse else {
            return abort(.upstreamProtocolError, "upstream_reset_after_response_started{protocol_error}")
        }
        reply(
            LocalReply(502, .upstreamProtocolError, "\(cluster.name) broke HTTP: \(reason)"),
            .response(status: 502)
        )
    }
}
