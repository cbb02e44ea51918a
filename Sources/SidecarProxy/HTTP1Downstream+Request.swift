import HTTP1
import NIOCore
import ServerCore

extension HTTP1Downstream {
    /// Reads what has come, as far as the state allows.
    func process() {
        // An answer made here leads back into this loop: it must not nest as deep as requests are pipelined.
        guard !isProcessing else { return }
        isProcessing = true
        while phase == .idle || phase == .active {
            do throws(HTTP1Error) {
                guard try phase == .idle ? readHead() : readBody() else { break }
            } catch {
                phase = .active
                isPersistent = false
                exchange.refuse(error)
            }
        }
        isProcessing = false
        if input.readableBytes == 0 { input = ByteBuffer() }
        pauseIfNeeded()
        work?.exchange.upstream?.flush()
        if isInputClosed { endIfStarved() }
    }

    /// Stops reading while the endpoint cannot take more or too much waits, and resumes when that is over.
    func pauseIfNeeded() {
        let isBlocked: Bool
        switch phase {
        case .tunnel: isBlocked = exchange.upstream.map { !$0.isWritable } ?? false
        case .active where exchange.isRequestDone: isBlocked = input.readableBytes >= ConnectionPlan.waitingBytes
        case .active: isBlocked = !exchange.acceptsBody
        case .idle, .lingering, .closed: isBlocked = false
        }
        setReading(!isBlocked)
    }

    func acceptanceChanged() {
        guard phase == .active || phase == .tunnel else { return }
        if phase == .active, exchange.acceptsBody { process() } else { pauseIfNeeded() }
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
        if isFirst {
            switch HTTP2Preface.judge(input) {
            case .incomplete: return false
            case .complete: return handOver()
            case .other: isFirst = false
            }
        }
        let received = input
        let work = takeWork()
        guard try work.parser.parse(received.readableBytesUInt8Span) else {
            if headStart == nil {
                headStart = .now()
                armForPhase()
            }
            return false
        }
        headStart = nil
        start(work.parser.head, work.exchange)
        // Only now nobody else has the table of headers, which keeps its storage then.
        work.parser.reset()
        return true
    }

    private func start(_ head: RequestHead, _ exchange: Exchange) {
        phase = .active
        requestCount &+= 1
        isPersistent = head.isPersistent && !worker.state.isLeaving && mayGoOn
        requestBody.restart(head.framing)
        let isForwarded = exchange.route(head, input)
        armForPhase()
        if isForwarded, head.expectsContinue, input.readableBytes == head.byteCount {
            takeOutput()
            out.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
            needsFlush = true
        }
        input.moveReaderIndex(forwardBy: head.byteCount)
        exchange.proceed()
    }

    /// Whether the connection may bring another request.
    private var mayGoOn: Bool {
        closeDeadline == nil && requestCount < plan.maxRequests
            && plan.maxDuration.map { opened + $0 > .now() } ?? true
    }

    /// Reads body bytes; returns whether there is more to do.
    private func readBody() throws(HTTP1Error) -> Bool {
        let exchange = exchange
        guard !exchange.isRequestDone, exchange.acceptsBody, input.readableBytes > 0 else { return false }
        exchange.lastActivity = .now()
        let received = input
        var cursor = 0
        while true {
            let step = try requestBody.next(received.readableBytesUInt8Span, at: &cursor)
            if case .data(let range) = step {
                exchange.receiveBody(received, range)
                // The endpoint may have failed in that, and the exchange with it.
                guard phase == .active, exchange.phase == .active else { return false }
                continue
            }
            input.moveReaderIndex(forwardBy: cursor)
            if step == .finished { exchange.receiveEnd(requestBody.trailers) }
            return false
        }
    }
}
