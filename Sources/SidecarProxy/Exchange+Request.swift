import AccessLog
import HTTP1
import NIOCore
import ServerCore

extension Exchange {
    private static let rootPath: [UInt8] = [0x2F]

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
        isGRPC = head.isGRPC(bytes.readableBytesUInt8Span)
        let route = plan.routes.match(
            host: bytes.readableBytesUInt8Span.extracting(head.authority.offsets),
            path: head.path.isEmpty ? Self.rootPath.span : bytes.readableBytesUInt8Span.extracting(head.path.offsets)
        )
        switch route?.action {
        case .forward(let index, let forward, let rewrite):
            guard let cluster = worker.cluster(index.index, named: index.name) else { fallthrough }
            encode(head, bytes, cluster.name, rewrite.map { rewritten(head, bytes, $0, route?.path.count ?? 0) })
            verdict = .forward(cluster, forward)
            return true
        case nil:
            encode(head, bytes, "", nil)
            verdict = .reply(LocalReply(404, .noRouteFound, "no route matches the host and path"))
        case .respond(let text):
            if !plan.logs.isEmpty { encode(head, bytes, "", nil) }
            verdict = .reply(LocalReply(text.status, nil, text.body))
        }
        return false
    }

    /// Begins an exchange with a request that cannot be understood; ``refuse(_:)`` ends it.
    func begin() {
        phase = .active
        plan = site.plan
        method = .other
        isGRPC = false
        hasResponse = false
        status = 0
        flags = []
        details = ""
        bytesReceived = 0
        bytesSent = 0
        tries = 0
        upstreamHost = ""
        clusterName = ""
        transportFailure = nil
        grpcStatus = nil
        endTime = nil
        answerTime = nil
        request.clear()
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
        guard !hasResponse else { return abort() }
        self.reply(reply)
    }

    private func rewritten(_ head: RequestHead, _ bytes: ByteBuffer, _ rewrite: [UInt8], _ matched: Int) -> [UInt8] {
        let path = Array(bytes.readableBytesView)[head.path.offsets]
        return rewrite + path.dropFirst(matched)
    }

    private func encode(_ head: RequestHead, _ bytes: ByteBuffer, _ host: String, _ path: [UInt8]?) {
        let additions = HeadWriter.Additions(
            path: path,
            fallbackHost: host,
            peer: plan.useRemoteAddress ? client.peer : nil,
            isTLS: client.isTLS,
            overridesProto: plan.useRemoteAddress,
            addsRequestID: plan.generateRequestID
        )
        HeadWriter.writeRequest(head, from: bytes, additions, &worker.identifier, into: &request)
    }
}
