import NIOCore

extension HTTP2Session {
    private typealias Kind = HTTP2FrameHeader.Kind
    private typealias Flag = HTTP2FrameHeader.Flag

    /// Asks the peer for a sign of life (RFC 9113 section 6.7), unless an answer is still awaited; the answer is told to
    /// ``HTTP2SessionDelegate/acknowledgedPing()``.
    ///
    /// - Parameter payload: What the answer has to repeat: a word that no other PING of the connection has, and that the
    ///   peer cannot guess.
    public func ping(_ payload: UInt64) {
        guard !hasFailed, awaitedPing == nil else { return }
        awaitedPing = payload
        newest = nil
        HTTP2FrameHeader(Kind.ping, length: 8, stream: 0).write(to: &output)
        output.writeInteger(payload)
    }

    /// Tells of a frame that came while the answer to a PING is awaited.
    func hear(_ header: HTTP2FrameHeader) {
        let isAnswer = header.kind == Kind.ping && header.has(Flag.acknowledgement)
        if !isAnswer, header.kind <= Kind.continuation { delegate?.heardWhileAwaitingPing() }
    }

    func takePing(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard header.stream == 0 else { throw HTTP2Fault(.protocolError) }
        guard let word = payload.getInteger(at: payload.readerIndex, as: UInt64.self), header.length == 8 else {
            throw HTTP2Fault(.frameSizeError)
        }
        let isAnswer = header.has(Flag.acknowledgement)
        // What was asked for is no flood: whoever asks decides how often.
        if isAnswer, word == awaitedPing {
            awaitedPing = nil
            delegate?.acknowledgedPing()
            return
        }
        try spend()
        guard !isAnswer else { return }
        try answer(HTTP2FrameHeader(Kind.ping, length: 8, flags: Flag.acknowledgement, stream: 0), payload)
    }
}
