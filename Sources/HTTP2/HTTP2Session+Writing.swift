public import NIOCore

extension HTTP2Session {
    private typealias Kind = HTTP2FrameHeader.Kind
    private typealias Flag = HTTP2FrameHeader.Flag

    /// Opens a stream; nil when numbers have run out.
    public func open(_ handler: any HTTP2StreamHandler) -> HTTP2Stream? {
        guard nextLocal <= UInt32(Int32.max), !hasFailed else { return nil }
        let stream = HTTP2Stream(
            nextLocal,
            sendWindow: peer.initialWindowSize,
            receiveWindow: settings.initialWindowSize
        )
        stream.handler = handler
        streams[nextLocal] = stream
        nextLocal += 2
        return stream
    }

    /// Begins a header block; what follows are ``field(_:_:)`` and ``endHeaders(_:isLast:)``.
    ///
    /// - Returns: False when the stream takes none any more; then nothing may follow.
    public func beginHeaders(_ stream: HTTP2Stream) -> Bool {
        guard isOpen(stream) else { return false }
        encoder.begin()
        return true
    }

    /// Adds a field to the block; its name may be in any case and is sent in lower case.
    public func field(_ name: Span<UInt8>, _ value: Span<UInt8>) {
        encoder.encode(name, value)
    }

    /// Adds a field to the block.
    public func field(_ name: String, _ value: String) {
        encoder.encode(name.utf8Span.span, value.utf8Span.span)
    }

    /// Ends a header block, and with it our side of the stream if `isLast`.
    public func endHeaders(_ stream: HTTP2Stream, isLast: Bool) {
        let block = encoder.block
        let flags = output.writerIndex + HTTP2FrameHeader.flagsOffset
        var kind = Kind.headers
        var start = 0
        output.reserveCapacity(minimumWritableBytes: block.count + 64)
        repeat {
            let end = start + min(block.count - start, peer.maxFrameSize)
            let last = isLast && kind == Kind.headers ? Flag.endStream : 0
            HTTP2FrameHeader(
                kind,
                length: end - start,
                flags: last | (end == block.count ? Flag.endHeaders : 0),
                stream: stream.identifier
            ).write(to: &output)
            output.write(block.span.extracting(start..<end))
            start = end
            kind = Kind.continuation
        } while start < block.count
        if isLast { return ended(stream) }
        newest = (stream.identifier, flags)
    }

    /// Sends a piece of a body, as far as the windows allow, and keeps the rest for later.
    public func send(_ data: ByteBuffer, on stream: HTTP2Stream) {
        guard isOpen(stream), data.readableBytes > 0 else { return }
        var data = data
        if stream.queued > 0 {
            stream.queue.writeBuffer(&data)
        } else if !emit(&data, on: stream) {
            stream.queue = data
            waiting.append(stream)
        }
    }

    /// Ends our side of a stream behind everything that was sent.
    public func end(_ stream: HTTP2Stream, trailers: HeaderBlock? = nil) {
        guard isOpen(stream) else { return }
        stream.isEnding = true
        stream.trailers = trailers
        if stream.queued == 0 { sendEnd(stream) }
    }

    /// Ends both sides of a stream at once, and forgets what waits.
    public func reset(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) {
        guard streams[stream.identifier] === stream else { return }
        writeReset(stream.identifier, code)
        remove(stream)
        // Whoever sends what is malformed makes work, like whoever resets.
        if role == .server, code == .protocolError, !resets.spend() { fail(.enhanceYourCalm) }
    }

    /// Opens the peer's window for a stream again.
    public func replenish(_ stream: HTTP2Stream) {
        let missing = settings.initialWindowSize - stream.receiveWindow
        guard !stream.isRemoteDone, missing >= settings.initialWindowSize / 2, streams[stream.identifier] != nil else {
            return
        }
        stream.receiveWindow += missing
        writeWindowUpdate(stream.identifier, missing)
    }

    /// Opens the peer's window for the connection.
    func giveBack(_ count: Int) {
        unreturned = 0
        guard count > 0 else { return }
        receiveWindow += count
        writeWindowUpdate(0, count)
    }

    /// Sends what waits, a frame of each stream in turn.
    func sendQueued() {
        var turns = waiting.count
        while turns > 0, sendWindow > 0, isWritable, let stream = waiting.popFirst() {
            turns -= 1
            guard streams[stream.identifier] === stream, stream.queued > 0 else { continue }
            // Whoever is told below may send more, which has to find the rest in its place.
            var data = stream.queue
            stream.queue = ByteBuffer()
            let before = data.readableBytes
            let isEmpty = emit(&data, on: stream, frames: 1)
            let hasMoved = data.readableBytes < before
            stream.queue = data
            if !isEmpty {
                waiting.append(stream)
                // As long as something moves, there is another turn.
                if hasMoved { turns += 1 }
            } else if stream.isEnding {
                sendEnd(stream)
            }
            if hasMoved { stream.handler?.queueShrank() }
        }
    }

    func writeReset(_ identifier: UInt32, _ code: HTTP2ErrorCode) {
        newest = nil
        HTTP2FrameHeader(Kind.resetStream, length: 4, stream: identifier).write(to: &output)
        output.writeInteger(code.rawValue)
        if resetHere.count >= 256 { resetHere.removeFirst() }
        resetHere.append(identifier)
    }

    private func isOpen(_ stream: HTTP2Stream) -> Bool {
        !stream.isEnding && !hasFailed && streams[stream.identifier] === stream
    }

    /// Writes as much of `data` as the windows allow; returns whether that was all.
    private func emit(_ data: inout ByteBuffer, on stream: HTTP2Stream, frames: Int = .max) -> Bool {
        var frames = frames
        while data.readableBytes > 0, isWritable, frames > 0 {
            let length = min(data.readableBytes, peer.maxFrameSize, 65_536, stream.sendWindow, sendWindow)
            guard length > 0, var piece = data.readSlice(length: length) else { return false }
            newest = (stream.identifier, output.writerIndex + HTTP2FrameHeader.flagsOffset)
            HTTP2FrameHeader(Kind.data, length: length, stream: stream.identifier).write(to: &output)
            output.writeBuffer(&piece)
            stream.sendWindow -= length
            sendWindow -= length
            frames -= 1
            controlFrames.credit(2)
        }
        return data.readableBytes == 0
    }

    private func sendEnd(_ stream: HTTP2Stream) {
        if let trailers = stream.trailers {
            stream.isEnding = false
            guard beginHeaders(stream) else { return }
            trailers.forEach { name, value in
                field(name, value)
                return true
            }
            stream.isEnding = true
            return endHeaders(stream, isLast: true)
        }
        if let newest, newest.stream == stream.identifier,
            let flags = output.getInteger(at: newest.flags, as: UInt8.self)
        {
            output.setInteger(flags | Flag.endStream, at: newest.flags)
        } else {
            HTTP2FrameHeader(Kind.data, length: 0, flags: Flag.endStream, stream: stream.identifier).write(to: &output)
        }
        ended(stream)
    }

    /// The end of our side was written.
    private func ended(_ stream: HTTP2Stream) {
        newest = nil
        stream.isEnding = true
        stream.isLocalDone = true
        if stream.isRemoteDone { return finishIfDone(stream) }
        // A server that has answered wants no more of the request (RFC 9113 section 8.1).
        guard role == .server else { return }
        writeReset(stream.identifier, .noError)
        remove(stream)
    }

    private func writeWindowUpdate(_ identifier: UInt32, _ increment: Int) {
        newest = nil
        HTTP2FrameHeader(Kind.windowUpdate, length: 4, stream: identifier).write(to: &output)
        output.writeInteger(UInt32(truncatingIfNeeded: increment))
    }
}
