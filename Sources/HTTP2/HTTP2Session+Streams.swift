import NIOCore

extension HTTP2Session {
    private typealias Kind = HTTP2FrameHeader.Kind

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

    /// Whether something may still be sent on a stream.
    func isOpen(_ stream: HTTP2Stream) -> Bool {
        !stream.isEnding && !hasFailed && streams[stream.identifier] === stream
    }

    /// The end of our side was written.
    func ended(_ stream: HTTP2Stream) {
        newest = nil
        stream.isEnding = true
        stream.isLocalDone = true
        if stream.isRemoteDone { return finishIfDone(stream) }
        // A server that has answered wants no more of the request (RFC 9113 section 8.1).
        guard role == .server else { return }
        writeReset(stream.identifier, .noError)
        remove(stream)
    }

    func writeReset(_ identifier: UInt32, _ code: HTTP2ErrorCode) {
        newest = nil
        HTTP2FrameHeader(Kind.resetStream, length: 4, stream: identifier).write(to: &output)
        output.writeInteger(code.rawValue)
        if resetHere.count >= 256 { resetHere.removeFirst() }
        resetHere.append(identifier)
    }

    private func writeWindowUpdate(_ identifier: UInt32, _ increment: Int) {
        newest = nil
        HTTP2FrameHeader(Kind.windowUpdate, length: 4, stream: identifier).write(to: &output)
        output.writeInteger(UInt32(truncatingIfNeeded: increment))
    }
}
