import NIOCore

extension HTTP1Upstream: UpstreamStream, RoundFlushing, DirectSending {
    func sendHead(_ head: ByteBuffer, isLast: Bool) { put(head) }

    func sendBody(_ bytes: ByteBuffer) {
        guard !isTunnel, exchange?.isRequestChunked == true else { return put(bytes) }
        var line = ByteBuffer()
        HeadWriter.writeChunkLine(bytes.readableBytes, into: &line)
        put(line)
        put(bytes)
        put(ByteBuffer(staticString: "\r\n"))
    }

    func sendEnd(_ trailers: [UInt8]) {
        guard exchange?.isRequestChunked == true else { return }
        var end = ByteBuffer()
        end.writeStaticString("0\r\n")
        end.writeBytes(trailers)
        end.writeStaticString("\r\n")
        put(end)
    }

    func flush() {
        guard needsFlush else { return }
        if unsent < FlushRound.largeAmount { joinRound() } else { sendNow() }
    }

    /// Has ``flushNow()`` called at the end of the loop's round.
    func joinRound() {
        guard !isFlushAwaited else { return }
        isFlushAwaited = true
        endpoint.context.worker.flushes.add(self)
    }

    func flushNow() {
        isFlushAwaited = false
        sendNow()
        guard isSpliceAwaited else { return }
        isSpliceAwaited = false
        splice()
    }

    private func sendNow() {
        guard needsFlush else { return }
        needsFlush = false
        unsent = 0
        guard alone.readableBytes > 0 else {
            context?.flush()
            return
        }
        var sent = ByteBuffer()
        swap(&sent, &alone)
        send(&sent)
    }

    func setReading(_ on: Bool) {
        guard isReadingPaused == on, let channel = context?.channel else { return }
        isReadingPaused = !on
        // The option cannot fail on an open channel; a closed one needs no pause.
        try? channel.syncOptions?.setOption(.autoRead, value: on)
        // The client may have room by now for larger pieces.
        if on, let exchange, !isReadingHead, !isSpliced { chooseReads(exchange) }
    }

    func endTunnel() {
        sendNow()
        context?.close(mode: .output, promise: nil)
    }

    func cancel() {
        exchange = nil
        close()
    }

    /// Writes bytes, to be sent with the next flush.
    private func put(_ bytes: ByteBuffer) {
        unsent += bytes.readableBytes
        guard needsFlush else {
            needsFlush = true
            alone = bytes
            return
        }
        if alone.readableBytes > 0 {
            var first = ByteBuffer()
            swap(&first, &alone)
            write(first)
        }
        write(bytes)
    }
}
