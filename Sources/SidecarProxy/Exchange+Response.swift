import AccessLog
import HTTP1
import LoadBalancing
import NIOCore
import ProxyRouting
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
        answerTime = now
        details = "via_upstream"
        tryDeadline = nil
        if retries > 0, head.status < 500 { cluster?.counters.retrySuccesses.add() }
        counters.classes.count(head.status)
        cluster?.counters.classes.count(head.status)
        additions.clear()
        if head.status != 101, !plan.suppressesEnvoyHeaders {
            let milliseconds = Int((now - startTime).nanoseconds / 1_000_000)
            additions.writeHead(room: 64) { output in
                output.put("x-envoy-upstream-service-time: ")
                output.put(decimal: milliseconds)
                output.put("\r\n")
            }
        }
        if forward?.tellsAttempts == true { additions.writeString("x-envoy-attempt-count: \(tries)\r\n") }
        if head.section.first(.date) == nil {
            // Whoever forwards a response without a date has to say when it came (RFC 9110 section 6.6.1).
            additions.writeStaticString("date: ")
            additions.writeString(worker.currentDate())
            additions.writeStaticString("\r\n")
        }
        var head = changed(head, bytes)
        if !plan.identity.keepsAnswers {
            plan.identity.change(&head, requestID: requestIdentifier, into: &additions)
        }
        captureResponse(head, bytes)
        downstream?.sendHead(head, bytes, additions)
        guard head.status == 101 else { return }
        phase = .tunnel
        routeDeadline = nil
        downstream?.beginTunnel()
    }

    /// `x-request-id` of the request, or nil where it has none.
    private var requestIdentifier: String? {
        guard plan.identity.tellsRequestID else { return nil }
        var lines = HeadLines(request.readableBytesView)
        while let line = lines.next() {
            guard line.count > 13, String(decoding: line.prefix(13), as: UTF8.self).lowercased() == "x-request-id:"
            else { continue }
            return String(String(decoding: line.dropFirst(13), as: UTF8.self).drop { $0 == " " || $0 == "\t" })
        }
        return nil
    }

    /// Makes the route's changes: lines that go are marked in the head, those that come are in `additions`.
    private func changed(_ head: ResponseHead, _ bytes: ByteBuffer) -> ResponseHead {
        guard let answerPlan else { return head }
        var head = head
        describeAnswer(answerPlan, status: status)
        let edits = answerPlan.edits(head.section, bytes.readableBytesUInt8Span, status: status)
        for index in edits.dropped { head.drop(at: index) }
        for line in edits.added { additions.writeBytes(line.name + [0x3A, 0x20] + line.value + [0x0D, 0x0A]) }
        if let cookie = answerPlan.cookie {
            additions.writeStaticString("set-cookie: ")
            additions.writeBytes(cookie + [0x0D, 0x0A])
        }
        return head
    }

    /// A piece of the response's body has come, at `range` of the readable bytes.
    func receiveResponseBody(_ bytes: ByteBuffer, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        bytesSent += range.count
        lastActivity = .now()
        downstream?.sendBody(bytes, range)
    }

    /// Has the kernel move bytes of the response's body that `source` has received to the client.
    ///
    /// - Returns: How many were moved.
    func spliceResponseBody(from source: PlainSocket, atMost limit: Int) -> Int {
        let count = downstream?.splice(from: source, atMost: limit) ?? 0
        guard count > 0 else { return 0 }
        bytesSent += count
        lastActivity = .now()
        return count
    }

    /// The response is complete, and the endpoint has let go of the exchange.
    func receiveResponseEnd(_ trailers: [UInt8]) {
        guard phase == .active else { return }
        if !plan.logs.isEmpty { answerEndTime = .now() }
        captureTrailers(trailers)
        _ = release(.response(status: status))
        leaveCluster()
        finish()
        downstream?.sendEnd(trailers)
    }

    /// Bytes of a tunnel have come from the endpoint.
    func receiveTunnelBytes(_ bytes: ByteBuffer) {
        lastActivity = .now()
        bytesSent += bytes.readableBytes
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
        bytesReceived += bytes.readableBytes
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
        hasResponse = true
        status = reply.status
        bytesSent = method == .head ? 0 : reply.body.utf8.count
        details = reply.details
        if let flag = reply.flag {
            flags.insert(flag)
            reason = reply.reason
        }
        var answer = reply
        if isGRPC {
            answer = reply.forGRPC()
            (status, grpcStatus) = (answer.status, reply.grpcStatus)
        }
        if let answerPlan {
            describeAnswer(answerPlan, status: 0)
            answer.extra += answerPlan.lines(status: status)
        }
        release(outcome)?.cancel()
        leaveCluster()
        counters.classes.count(status)
        if reply.flag != .downstreamProtocolError { cluster?.counters.classes.count(reply.status) }
        answer.tellsOverload = !plan.suppressesEnvoyHeaders
        if !plan.identity.keepsAnswers { answer.extra += plan.identity.lines(requestID: requestIdentifier) }
        capture(answer)
        finish()
        downstream?.sendReply(answer)
    }

    /// Ends the exchange so that nobody takes a part for the whole.
    ///
    /// - Parameters:
    ///   - flag: Why, for logs.
    ///   - details: Why, in the words of Envoy's `%RESPONSE_CODE_DETAILS%`.
    func abort(_ flag: ResponseFlag, _ details: String) {
        attempt += 1
        flags.insert(flag)
        self.details = details
        release(.connectionFailed)?.cancel()
        leaveCluster()
        finish()
        downstream?.cut()
    }
}
