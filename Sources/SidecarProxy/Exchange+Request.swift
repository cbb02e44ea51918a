import AccessLog
import HTTP1
import NIOCore
import ServerCore

extension Exchange {
    /// Begins an exchange: finds the route of the request whose head starts at the reader index of `bytes`.
    ///
    /// The head's bytes are not needed afterwards. ``proceed()`` carries the verdict out.
    ///
    /// - Returns: Whether the request is forwarded, so that its body is wanted.
    func route(_ head: RequestHead, _ bytes: ByteBuffer) -> Bool {
        begin()
        method = head.method
        minorVersion = head.minorVersion
        wantsWebSocket = head.wantsWebSocket
        isRequestDone = head.framing.isEmpty
        isRequestChunked = head.framing == .chunked
        isReplayable = true
        if isRequestDone { endTime = startTime }
        isGRPC = head.isGRPC(bytes.readableBytesUInt8Span)
        return decide(head, bytes)
    }

    /// Begins an exchange with a request that cannot be understood; ``refuse(_:)`` ends it.
    func begin() {
        phase = .active
        plan = site.plan
        // Nothing of the request before: it may have been another client's.
        method = .other
        minorVersion = 1
        wantsWebSocket = false
        isGRPC = false
        hasResponse = false
        status = 0
        answerPlan = nil
        flags = []
        details = ""
        bytesReceived = 0
        bytesSent = 0
        tries = 0
        upstreamHost = ""
        upstreamProtocol = nil
        reason = ""
        clientAddress = nil
        trace = nil
        clusterName = ""
        routeName = nil
        virtualHost = nil
        transportFailure = nil
        grpcStatus = nil
        endTime = nil
        streamDeadline = nil
        requestDeadline = plan.requestTimeout.map { .now() + $0 }
        answerTime = nil
        answerEndTime = nil
        request.clear()
        limits = RequestLimits()
        routeDeadline = nil
        idleTimeout = plan.streamIdleTimeout
        startTime = .now()
        lastActivity = startTime
        counters.requests.add()
        counters.activeRequests.add()
    }

    /// Does what ``route(_:_:)`` has found.
    func proceed() {
        guard phase == .active else { return }
        switch verdict {
        case .none: break
        case .forward(let cluster, let forward): send(to: cluster, forward)
        case .reply(let reply): self.reply(reply)
        }
    }

    /// Takes the piece of the request's body that lies at `range` of the readable bytes.
    func receiveBody(_ bytes: ByteBuffer, _ range: Range<Int>) {
        bytesReceived += range.count
        guard let slice = bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count) else { return }
        guard let upstream else {
            body.writeImmutableBuffer(slice)
            return
        }
        if forward?.retry.keepsBody == true, body.readableBytes + slice.readableBytes <= ConnectionPlan.waitingBytes {
            body.writeImmutableBuffer(slice)
        } else {
            isReplayable = false
        }
        upstream.sendBody(slice)
    }

    /// The request is complete.
    func receiveEnd(_ trailers: [UInt8]) {
        isRequestDone = true
        requestDeadline = nil
        if !plan.logs.isEmpty { endTime = .now() }
        if let upstream {
            upstream.sendEnd(trailers)
        }
        self.trailers = trailers
        startTimeouts()
    }

    /// Answers a request that breaks HTTP.
    func refuse(_ error: HTTP1Error) {
        refuse(LocalReply(error.code.requestStatus, .downstreamProtocolError, error.reason))
    }

    /// Answers a request that cannot be carried out, or not any further.
    func refuse(_ reply: LocalReply) {
        if phase == .idle { begin() }
        isRequestDone = false
        guard !hasResponse else { return abort(.downstreamProtocolError, reply.details) }
        self.reply(reply)
    }
}
