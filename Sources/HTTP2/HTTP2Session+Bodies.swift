public import NIOCore

extension HTTP2Session {
    private typealias Kind = HTTP2FrameHeader.Kind
    private typealias Flag = HTTP2FrameHeader.Flag

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

    /// How many bytes the peer's windows let go out on a stream now.
    public func room(on stream: HTTP2Stream) -> Int { max(0, min(stream.sendWindow, sendWindow)) }

    /// Ends our side of a stream behind everything that was sent.
    public func end(_ stream: HTTP2Stream, trailers: HeaderBlock? = nil) {
        guard isOpen(stream) else { return }
        stream.isEnding = true
        stream.trailers = trailers
        if stream.queued == 0 { sendEnd(stream) }
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
}
