import HTTP1
import NIOCore
import ServerCore

extension HTTP1Downstream: DownstreamStream, RoundFlushing, DirectSending {
    /// Body bytes up to this size are copied behind the head; more go as they are.
    private static var copyLimit: Int { 4096 }

    /// Whether the client can tell by the framing that a response is incomplete.
    var isResponseDelimited: Bool { isResponseChunked || hasResponseLength }

    func sendInterim(_ head: ResponseHead, _ bytes: ByteBuffer) {
        takeOutput()
        out.writeHead(room: head.byteCount + 32) { output in
            HeadWriter.writeResponse(head, bytes.readableBytesSpan, into: &output)
            output.put("\r\n")
        }
        needsFlush = true
    }

    func sendHead(_ head: ResponseHead, _ bytes: ByteBuffer, _ additions: ByteBuffer) {
        let isUpgrade = head.status == 101
        let isUnbounded = head.framing == .chunked || head.framing == .untilClose
        let isHTTP10 = exchange.minorVersion == 0
        isResponseChunked = isUnbounded && !isHTTP10 && !isUpgrade
        hasResponseLength = !isUnbounded && !isUpgrade
        if !isUpgrade, isUnbounded && isHTTP10 || worker.state.isLeaving { isPersistent = false }
        let (isChunked, isPersistent) = (isResponseChunked, isPersistent)
        takeOutput()
        out.writeHead(room: head.byteCount + additions.readableBytes + 128) { output in
            HeadWriter.writeResponse(head, bytes.readableBytesSpan, into: &output)
            output.put(additions.readableBytesSpan)
            guard !isUpgrade else { return output.put("connection: upgrade\r\nupgrade: websocket\r\n\r\n") }
            if isChunked { output.put("transfer-encoding: chunked\r\n") }
            if !isPersistent {
                output.put("connection: close\r\n")
            } else if isHTTP10 {
                output.put("connection: keep-alive\r\n")
            }
            output.put("\r\n")
        }
        needsFlush = true
    }

    func sendBody(_ bytes: ByteBuffer, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        takeOutput()
        if isResponseChunked { HeadWriter.writeChunkLine(range.count, into: &out) }
        let start = bytes.readerIndex + range.lowerBound
        if range.count <= Self.copyLimit, out.readableBytes <= 4 * Self.copyLimit {
            out.writeBytes(bytes.readableBytesSpan.extracting(range))
        } else if let slice = bytes.getSlice(at: start, length: range.count) {
            writeOut()
            write(slice)
            unsent += range.count
        }
        if isResponseChunked {
            takeOutput()
            out.writeStaticString("\r\n")
        }
        needsFlush = true
    }

    var takesSplices: Bool { hasResponseLength && socket != nil && worker.takePipe() != nil }

    func splice(from source: PlainSocket, atMost limit: Int) -> Int {
        // What goes by a timer takes longer, and costs more, if it begins with a large packet.
        if unsent > 0 || out.readableBytes > SplicePipe.aheadLimit || socket?.isPaced ?? true { sendNow() }
        // To send may show that the client is gone.
        guard phase == .active, isWritable, let socket, let pipe = worker.takePipe() else {
            sendNow()
            return 0
        }
        // The connection may end, and look at what it has to send, before this returns.
        var head = ByteBuffer()
        swap(&head, &out)
        let count = pipe.move(from: source, to: socket, behind: &head, atMost: limit)
        if head.readableBytes > 0 {
            out = head
            sendNow()
        } else if head.capacity > 0 {
            needsFlush = out.readableBytes > 0
            worker.returnOutput(&head)
        }
        return count
    }

    func sendEnd(_ trailers: [UInt8]) {
        guard phase == .active else { return }
        if isResponseChunked {
            takeOutput()
            out.writeStaticString("0\r\n")
            out.writeBytes(trailers)
            out.writeStaticString("\r\n")
        }
        needsFlush = true
        finishExchange()
    }

    func sendReply(_ reply: LocalReply) {
        guard phase == .active else { return }
        if !exchange.isRequestDone || worker.state.isLeaving { isPersistent = false }
        takeOutput()
        reply.write(into: &out, isHead: exchange.method == .head, closes: !isPersistent, date: worker.currentDate())
        needsFlush = true
        finishExchange()
    }

    func flush() {
        guard needsFlush else { return }
        if unsent >= FlushRound.largeAmount { flushNow() } else { joinRound() }
    }

    /// Has ``flushNow()`` called at the end of the loop's round.
    private func joinRound() {
        guard !isFlushAwaited else { return }
        isFlushAwaited = true
        worker.flushes.add(self)
    }

    func flushNow() {
        isFlushAwaited = false
        sendNow()
        returnWork()
    }

    private func sendNow() {
        guard needsFlush, let context else { return }
        needsFlush = false
        let isChannelWritten = unsent > 0
        unsent = 0
        guard out.readableBytes > 0 else {
            // The kernel may have moved the rest already.
            if isChannelWritten { context.flush() }
            return
        }
        var sent = ByteBuffer()
        swap(&sent, &out)
        send(&sent)
        worker.returnOutput(&sent)
    }

    func beginTunnel() {
        phase = .tunnel
        // What the client sent ahead goes first.
        if input.readableBytes > 0 {
            exchange.sendTunnelBytes(input)
            exchange.upstream?.flush()
            input = ByteBuffer()
        }
    }

    func endTunnel() {
        guard phase == .tunnel else { return }
        phase = .lingering
        flushNow()
        endOutput()
    }

    /// Gets memory to write to, if there is none yet.
    func takeOutput() {
        if out.capacity == 0 { out = worker.takeOutput() }
    }

    private func writeOut() {
        guard out.readableBytes > 0 else { return }
        write(out)
        // The channel has it now.
        out = ByteBuffer()
    }

    private func finishExchange() {
        lastActivity = .now()
        guard isPersistent, exchange.isRequestDone else {
            phase = .lingering
            input = ByteBuffer()
            flushNow()
            return endOutput()
        }
        phase = .idle
        if unsent >= FlushRound.largeAmount { sendNow() }
        // To send may show that the client is gone.
        guard phase == .idle else { return }
        // Even with nothing to send: then the work is given back.
        joinRound()
        armForPhase()
        if input.readableBytes > 0 || isInputClosed { process() } else { pauseIfNeeded() }
    }
}
