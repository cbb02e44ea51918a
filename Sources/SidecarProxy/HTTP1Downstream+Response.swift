import HTTP1
import NIOCore
import ServerCore

extension HTTP1Downstream: DownstreamStream {
    /// Body bytes up to this size are copied behind the head; more go as they are.
    private static var copyLimit: Int { 4096 }

    /// Whether the client can tell by the framing that a response is incomplete.
    var isResponseDelimited: Bool { isResponseChunked || hasResponseLength }

    func sendInterim(_ head: ResponseHead, _ bytes: ByteBuffer) {
        HeadWriter.writeResponse(head, from: bytes, into: &out)
        out.writeStaticString("\r\n")
        needsFlush = true
    }

    func sendHead(_ head: ResponseHead, _ bytes: ByteBuffer, _ additions: ByteBuffer) {
        HeadWriter.writeResponse(head, from: bytes, into: &out)
        out.writeImmutableBuffer(additions)
        needsFlush = true
        hasResponseLength = false
        isResponseChunked = false
        if head.status == 101 {
            out.writeStaticString("connection: upgrade\r\nupgrade: websocket\r\n\r\n")
            return
        }
        let isUnbounded = head.framing == .chunked || head.framing == .untilClose
        isResponseChunked = isUnbounded && exchange.minorVersion > 0
        if isResponseChunked {
            out.writeStaticString("transfer-encoding: chunked\r\n")
        } else if isUnbounded {
            isPersistent = false
        } else {
            hasResponseLength = true
        }
        if worker.state.isLeaving { isPersistent = false }
        if !isPersistent {
            out.writeStaticString("connection: close\r\n")
        } else if exchange.minorVersion == 0 {
            out.writeStaticString("connection: keep-alive\r\n")
        }
        out.writeStaticString("\r\n")
    }

    func sendBody(_ bytes: ByteBuffer, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        if isResponseChunked { HeadWriter.writeChunkLine(range.count, into: &out) }
        let start = bytes.readerIndex + range.lowerBound
        if range.count <= Self.copyLimit, out.readableBytes <= 4 * Self.copyLimit {
            out.writeBytes(bytes.readableBytesSpan.extracting(range))
        } else if let slice = bytes.getSlice(at: start, length: range.count) {
            writeOut()
            context?.write(wrapOutboundOut(slice), promise: nil)
        }
        if isResponseChunked { out.writeStaticString("\r\n") }
        needsFlush = true
    }

    func sendEnd(_ trailers: [UInt8]) {
        guard phase == .active else { return }
        if isResponseChunked {
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
        reply.write(into: &out, isHead: exchange.method == .head, closes: !isPersistent, date: worker.currentDate())
        needsFlush = true
        finishExchange()
    }

    func flush() {
        guard needsFlush else { return }
        needsFlush = false
        writeOut()
        context?.flush()
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
        flush()
        endOutput()
    }

    private func writeOut() {
        guard out.readableBytes > 0 else { return }
        context?.write(wrapOutboundOut(out), promise: nil)
        // Still referenced by the channel until it is sent: then this makes new storage, else it reuses the old.
        if out.capacity > 32 * 1024 { out = ByteBuffer() } else { out.clear() }
    }

    private func finishExchange() {
        lastActivity = .now()
        guard isPersistent, exchange.isRequestDone else {
            phase = .lingering
            input = ByteBuffer()
            flush()
            return endOutput()
        }
        flush()
        phase = .idle
        armForPhase()
        if input.readableBytes > 0 || isInputClosed { process() } else { pauseIfNeeded() }
    }
}
