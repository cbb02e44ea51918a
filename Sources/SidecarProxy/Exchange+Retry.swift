import AccessLog
import HTTP1
import LoadBalancing
import NIOCore
import ProxyRouting

extension Exchange {
    /// Ends the attempt and begins another one, at once or after a while.
    ///
    /// - Parameters:
    ///   - outcome: How the endpoint behaved.
    ///   - isFresh: Whether a connection that was idle will not do.
    /// - Returns: Whether there is another attempt; if not, nothing was done.
    func retry(_ outcome: RequestOutcome?, isFresh: Bool) -> Bool {
        guard phase == .active, !hasResponse, isReplayable, let cluster, let forward else { return false }
        guard retries < forward.retry.retries else {
            cluster.counters.retryLimits.add()
            if !forward.retry.isStandard, forward.retry.retries > 0 { flags.insert(.upstreamRetryLimitExceeded) }
            return false
        }
        guard cluster.context.acquire(.retry) else { return false }
        retries += 1
        cluster.counters.retries.add()
        attempt += 1
        release(outcome)?.cancel()
        guard let delay = backoff?.next(random: worker.identifier.next()) else {
            again(cluster, isFresh: isFresh)
            return true
        }
        let time = NIODeadline.now() + TimeAmount(delay)
        retryTime = time
        downstream?.arm(at: time)
        return true
    }

    /// Begins the attempt whose time has come.
    func retryNow() {
        retryTime = nil
        guard phase == .active, let cluster else { return }
        again(cluster, isFresh: false)
    }

    /// Whether the answer is not passed on because the request is sent again.
    func retriesAnswer(_ head: ResponseHead, _ bytes: ByteBuffer) -> Bool {
        guard let forward, isRequestDone else { return false }
        var isCovered = forward.retry.covers(status: head.status)
        if !isCovered, let headers = forward.retry.headers {
            isCovered = headers.covers(head, bytes.readableBytesUInt8Span)
        }
        if !isCovered, isGRPC, forward.retry.looksAtGRPC, let code = Self.grpcStatus(head, bytes) {
            isCovered = forward.retry.covers(grpcStatus: code)
        }
        return isCovered && retry(.response(status: head.status), isFresh: false)
    }

    /// The endpoint has used up the time of one attempt.
    func tryTimedOut(_ reason: String, _ details: String) {
        tryDeadline = nil
        tryIdleTimeout = nil
        guard let cluster, let forward else { return }
        guard !hasResponse else { return abort(.upstreamRequestTimeout, details) }
        if forward.retry.coversTimeout, isRequestDone, retry(.timedOut, isFresh: false) { return }
        cluster.counters.timeouts.add()
        reply(LocalReply(504, .upstreamRequestTimeout, reason).detailed(details), .timedOut)
    }

    /// Has the times of one attempt run from now on, if the request is complete.
    func startTry() {
        guard let forward, isRequestDone, phase == .active, !hasResponse else { return }
        if let timeout = forward.retry.perTryTimeout {
            let deadline = NIODeadline.now() + timeout
            tryDeadline = deadline
            downstream?.arm(at: deadline)
        }
        if let timeout = forward.retry.perTryIdleTimeout {
            lastActivity = .now()
            tryIdleTimeout = timeout
            downstream?.arm(at: lastActivity + timeout)
        }
    }

    /// When the attempt ends because nothing has come for too long; nil for never.
    var tryIdleDeadline: NIODeadline? { tryIdleTimeout.map { lastActivity + $0 } }

    // Outside the client's own events, which flush what they lead to.
    private func again(_ cluster: UpstreamCluster, isFresh: Bool) {
        choose(cluster, isFresh: isFresh)
        guard let upstream else { return }
        upstream.flush()
        downstream?.acceptanceChanged()
    }

    static func grpcStatus(_ head: ResponseHead, _ bytes: ByteBuffer) -> Int? {
        let view = bytes.readableBytesView
        for field in head.section.fields where field.name.count == 11 {
            let start = view.startIndex
            let name = view[field.name.offsets.lowerBound + start..<field.name.offsets.upperBound + start]
            guard String(decoding: name, as: UTF8.self).lowercased() == "grpc-status" else { continue }
            let value = view[field.value.offsets.lowerBound + start..<field.value.offsets.upperBound + start]
            return Int(String(decoding: value, as: UTF8.self))
        }
        return nil
    }
}
