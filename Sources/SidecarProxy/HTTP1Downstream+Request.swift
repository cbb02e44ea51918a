import HTTP1
import NIOCore
import ServerCore

extension DownstreamHandler {
    /// Reads what has come, as far as the state allows.
    func process() {
        // An answer made here leads back into this loop: it must not nest as deep as requests are pipelined.
        guard !isProcessing else { return }
        isProcessing = true
        while phase == .idle || phase == .active {
            do throws(HTTP1Error) {
                guard try phase == .idle ? readHead() : readBody() else { break }
            } catch {
                refuse(error)
            }
        }
        isProcessing = false
        if input.readableBytes == 0 { input = ByteBuffer() }
        pauseIfNeeded()
        upstream?.flush()
        if isInputClosed { endIfStarved() }
    }

    /// Stops reading while the endpoint cannot take more or too much waits, and resumes when that is over.
    func pauseIfNeeded() {
        let isBlocked = upstream.map { !$0.isWritable && (phase == .tunnel || !isRequestDone) } ?? false
        let isFull = input.readableBytes >= ConnectionPlan.waitingBytes
        let isWaiting =
            phase == .active && !isRequestDone && upstream == nil
            && request.readableBytes >= ConnectionPlan.waitingBytes
        setReading(!(isBlocked || phase == .active && isFull || isWaiting))
    }

    func upstreamWritabilityChanged() {
        guard phase == .active || phase == .tunnel else { return }
        if upstream?.isWritable == true, phase == .active { process() } else { pauseIfNeeded() }
    }

    private func setReading(_ on: Bool) {
        guard isReadingPaused == on, let channel = context?.channel, channel.isActive else { return }
        isReadingPaused = !on
        // The option cannot fail on an open channel; a closed one needs no pause.
        try? channel.syncOptions?.setOption(.autoRead, value: on)
    }

    /// Reads a head; returns whether there is more to do.
    private func readHead() throws(HTTP1Error) -> Bool {
        guard input.readableBytes > 0 else { return false }
        let received = input
        guard try parser.parse(received.readableBytesUInt8Span) else {
            if headStart == nil {
                headStart = .now()
                armForPhase()
            }
            return false
        }
        headStart = nil
        startTime = .now()
        lastActivity = startTime
        counters.requests.add()
        counters.activeRequests.add()
        start(parser.head)
        return true
    }

    private func start(_ head: RequestHead) {
        phase = .active
        hasResponse = false
        method = head.method
        minorVersion = head.minorVersion
        wantsWebSocket = head.wantsWebSocket
        isPersistent = head.isPersistent && !worker.state.isLeaving
        requestBody = BodyDecoder(head.framing)
        isRequestDone = requestBody.isFinished
        isRequestChunked = head.framing == .chunked
        isReplayable = true
        routeDeadline = nil
        armForPhase()
        let received = input
        let route = plan.routes.match(
            host: received.readableBytesUInt8Span.extracting(head.authority.offsets),
            path: head.path.isEmpty ? Self.rootPath.span : received.readableBytesUInt8Span.extracting(head.path.offsets)
        )
        switch route?.action {
        case .forward(let index, let timeout, let rewrite):
            guard let cluster = worker.cluster(index) else { fallthrough }
            routeTimeout = timeout
            encode(head, cluster, rewrite.map { rewritten(head, $0, route?.path.count ?? 0) })
            if head.expectsContinue, input.readableBytes == head.byteCount, !hasResponse {
                out.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
                needsFlush = true
            }
            consumeHead(head)
            forward(to: cluster)
        case nil:
            consumeHead(head)
            reply(LocalReply(404, .noRoute, "no route matches the host and path"))
        case .respond(let text):
            consumeHead(head)
            reply(LocalReply(text.status, .direct, text.body))
        }
    }

    private static let rootPath: [UInt8] = [0x2F]

    private func consumeHead(_ head: RequestHead) {
        input.moveReaderIndex(forwardBy: head.byteCount)
        parser.reset()
    }

    private func rewritten(_ head: RequestHead, _ rewrite: [UInt8], _ matched: Int) -> [UInt8] {
        let path = Array(input.readableBytesView)[head.path.offsets]
        return rewrite + path.dropFirst(matched)
    }

    private func encode(_ head: RequestHead, _ cluster: UpstreamCluster, _ path: [UInt8]?) {
        request.clear()
        let additions = HeadWriter.Additions(
            path: path,
            fallbackHost: cluster.name,
            peer: plan.useRemoteAddress ? peer : nil,
            overridesProto: plan.useRemoteAddress,
            addsRequestID: plan.generateRequestID
        )
        HeadWriter.writeRequest(head, from: input, additions, &worker.identifier, into: &request)
    }

    /// Reads body bytes; returns whether there is more to do.
    private func readBody() throws(HTTP1Error) -> Bool {
        guard !isRequestDone else { return false }
        // Without a connection the beginning of the body waits in `request`, up to a limit.
        if upstream == nil, request.readableBytes >= ConnectionPlan.waitingBytes { return false }
        if let upstream, !upstream.isWritable { return false }
        guard input.readableBytes > 0 else { return false }
        lastActivity = .now()
        let received = input
        var cursor = 0
        while true {
            let step = try requestBody.next(received.readableBytesUInt8Span, at: &cursor)
            if case .data(let range) = step {
                sendBody(range)
                continue
            }
            input.moveReaderIndex(forwardBy: cursor)
            guard step == .finished else { return false }
            finishRequest()
            return false
        }
    }

    private func sendBody(_ range: Range<Int>) {
        guard let slice = input.getSlice(at: input.readerIndex + range.lowerBound, length: range.count) else { return }
        if upstream == nil {
            if isRequestChunked { Self.writeChunkLine(range.count, into: &request) }
            request.writeImmutableBuffer(slice)
            if isRequestChunked { request.writeStaticString("\r\n") }
            return
        }
        isReplayable = false
        if isRequestChunked {
            var line = ByteBuffer()
            Self.writeChunkLine(range.count, into: &line)
            upstream?.write(line)
        }
        upstream?.write(slice)
        if isRequestChunked { upstream?.write(ByteBuffer(staticString: "\r\n")) }
    }

    private func finishRequest() {
        isRequestDone = true
        if isRequestChunked {
            var end = ByteBuffer()
            end.writeStaticString("0\r\n")
            end.writeBytes(requestBody.trailers)
            end.writeStaticString("\r\n")
            if let upstream {
                isReplayable = false
                upstream.write(end)
            } else {
                request.writeBuffer(&end)
            }
        }
        startRouteTimeout()
    }

    static func writeChunkLine(_ count: Int, into out: inout ByteBuffer) {
        let (word, length) = HTTP1Encoder.chunkLine(count)
        HeadWriter.writeWord(word, length, into: &out)
    }

    /// Answers a request that breaks HTTP, and ends the connection.
    private func refuse(_ error: HTTP1Error) {
        if phase == .idle {
            counters.requests.add()
            counters.activeRequests.add()
            phase = .active
            method = .other
            hasResponse = false
        }
        isPersistent = false
        isRequestDone = false
        let status = error.code.requestStatus
        guard !hasResponse else { return abort() }
        reply(LocalReply(status, .downstreamProtocolError, error.reason))
    }
}
