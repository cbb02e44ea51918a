import Glibc
import HTTP1
import NIOCore
import ServerCore

extension DownstreamHandler {
    /// Body bytes up to this size are copied behind the head; more go as they are.
    private static var copyLimit: Int { 4096 }

    /// Passes an interim response on; 100 was sent already, and HTTP/1.0 knows none.
    func receiveInterim(_ head: ResponseHead, _ bytes: ByteBuffer) {
        guard head.status != 100, minorVersion > 0 else { return }
        HeadWriter.writeResponse(head, from: bytes, into: &out)
        out.writeStaticString("\r\n")
        needsFlush = true
    }

    /// Writes the head of the response.
    func receive(_ head: ResponseHead, _ bytes: ByteBuffer) {
        let now = NIODeadline.now()
        lastActivity = now
        hasResponse = true
        counters.classes.count(head.status)
        cluster?.counters.classes.count(head.status)
        HeadWriter.writeResponse(head, from: bytes, into: &out)
        out.writeStaticString("x-envoy-upstream-service-time: ")
        HeadWriter.writeDecimal(Int((now - startTime).nanoseconds / 1_000_000), into: &out)
        out.writeStaticString("\r\n")
        if head.status == 101 {
            out.writeStaticString("connection: upgrade\r\nupgrade: websocket\r\n\r\n")
            needsFlush = true
            phase = .tunnel
            routeDeadline = nil
            return startTunnel()
        }
        isResponseChunked = minorVersion > 0 && (head.framing == .chunked || head.framing == .untilClose)
        if isResponseChunked {
            out.writeStaticString("transfer-encoding: chunked\r\n")
        } else if head.framing == .chunked || head.framing == .untilClose {
            isPersistent = false
        }
        if worker.state.isLeaving { isPersistent = false }
        if !isPersistent {
            out.writeStaticString("connection: close\r\n")
        } else if minorVersion == 0 {
            out.writeStaticString("connection: keep-alive\r\n")
        }
        out.writeStaticString("\r\n")
        needsFlush = true
    }

    /// Writes a piece of the response's body.
    func receiveBody(_ bytes: ByteBuffer, _ range: Range<Int>) {
        guard !range.isEmpty else { return }
        if isResponseChunked { Self.writeChunkLine(range.count, into: &out) }
        let start = bytes.readerIndex + range.lowerBound
        if range.count <= Self.copyLimit, out.readableBytes <= 4 * Self.copyLimit {
            out.writeBytes(bytes.readableBytesSpan.extracting(range))
        } else if let slice = bytes.getSlice(at: start, length: range.count) {
            lastActivity = .now()
            writeOut()
            context?.write(wrapOutboundOut(slice), promise: nil)
        }
        if isResponseChunked { out.writeStaticString("\r\n") }
        needsFlush = true
    }

    /// The response is complete; `upstream` can serve another request, or is nil.
    func responseFinished(trailers: [UInt8], upstream: UpstreamHandler?) {
        guard phase == .active else { return }
        let cluster = cluster
        _ = releaseUpstream()
        if let upstream {
            // An endpoint that answers before it has the whole request cannot be trusted with the next one.
            if isRequestDone { cluster?.putBack(upstream, worker: worker) } else { upstream.close() }
        }
        if isResponseChunked {
            out.writeStaticString("0\r\n")
            out.writeBytes(trailers)
            out.writeStaticString("\r\n")
        }
        needsFlush = true
        finishExchange()
    }

    /// Answers the request here and ends what was under way for it.
    func reply(_ reply: LocalReply) {
        guard phase == .active, !hasResponse else { return }
        attempt += 1
        let cluster = cluster
        releaseUpstream()?.abandon()
        if !isRequestDone || worker.state.isLeaving { isPersistent = false }
        hasResponse = true
        counters.classes.count(reply.status)
        if reply.flag != .downstreamProtocolError { cluster?.counters.classes.count(reply.status) }
        reply.write(into: &out, isHead: method == .head, closes: !isPersistent, date: worker.currentDate())
        needsFlush = true
        finishExchange()
    }

    /// Ends the connection so that nobody takes a part for the whole.
    func abort() {
        releaseUpstream()?.abandon()
        // A body that ends with the connection must not seem complete: reset instead of FIN.
        (context?.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete {
            _ in
        }
        context?.close(promise: nil)
    }

    /// Gives what was written to the channel and sends it.
    func flushResponse() {
        guard needsFlush else { return }
        needsFlush = false
        writeOut()
        context?.flush()
    }

    private func writeOut() {
        guard out.readableBytes > 0 else { return }
        context?.write(wrapOutboundOut(out), promise: nil)
        // Still referenced by the channel until it is sent: then this makes new storage, else it reuses the old.
        if out.capacity > 32 * 1024 { out = ByteBuffer() } else { out.clear() }
    }

    private func finishExchange() {
        counters.activeRequests.add(-1)
        routeDeadline = nil
        lastActivity = .now()
        guard isPersistent, isRequestDone else {
            phase = .lingering
            input = ByteBuffer()
            flushResponse()
            return endOutput()
        }
        flushResponse()
        phase = .idle
        armForPhase()
        if input.readableBytes > 0 || isInputClosed { process() } else { pauseIfNeeded() }
    }
}
