public import NIOCore

extension HTTP2Session {
    private typealias Kind = HTTP2FrameHeader.Kind
    private typealias Flag = HTTP2FrameHeader.Flag

    /// Reads what has come.
    public func receive(_ bytes: ByteBuffer) {
        guard !hasFailed else { return }
        var rest = bytes
        if input.readableBytes > 0 {
            input.writeBuffer(&rest)
            rest = input
            input = ByteBuffer()
        }
        do throws(HTTP2Fault) {
            while !hasFailed, rest.readableBytes > 0, try readFrame(&rest) {}
        } catch {
            return fail(error.code)
        }
        guard !hasFailed, rest.readableBytes > 0 else { return }
        // A copy, so that the piece it came in is not kept alive by a few bytes.
        input = ByteBuffer(buffer: rest)
    }

    /// Reads one frame; returns whether it was complete.
    private func readFrame(_ rest: inout ByteBuffer) throws(HTTP2Fault) -> Bool {
        guard try readPreface(&rest) else { return false }
        guard let header = HTTP2FrameHeader(rest) else { return false }
        guard header.length <= settings.maxFrameSize else { throw HTTP2Fault(.frameSizeError) }
        // Whatever else the first one is, the peer does not speak HTTP/2 (RFC 9113 section 3.4).
        guard hasSettings || header.kind == Kind.settings && !header.has(Flag.acknowledgement) else {
            throw HTTP2Fault(.protocolError)
        }
        if let openBlock {
            guard header.kind == Kind.continuation, header.stream == openBlock.stream else {
                throw HTTP2Fault(.protocolError)
            }
        }
        if header.kind == Kind.headers { headerBlockStart = headerBlockStart ?? .now() }
        guard rest.readableBytes >= HTTP2FrameHeader.byteCount + header.length else { return false }
        rest.moveReaderIndex(forwardBy: HTTP2FrameHeader.byteCount)
        guard let payload = rest.readSlice(length: header.length) else { return false }
        try take(header, payload)
        return true
    }

    /// Reads what a client begins with; returns whether all of it has come.
    private func readPreface(_ rest: inout ByteBuffer) throws(HTTP2Fault) -> Bool {
        guard prefaceRest > 0 else { return true }
        let whole = Self.preface.utf8CodeUnitCount
        // Safety: a static string lives as long as the program, and the offset is below its length.
        let expected = unsafe Self.preface.utf8Start
        while prefaceRest > 0 {
            guard let byte: UInt8 = rest.readInteger() else { return false }
            guard unsafe byte == expected[whole - prefaceRest] else { throw HTTP2Fault(.protocolError) }
            prefaceRest -= 1
        }
        return true
    }

    private func take(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        if awaitedPing != nil { hear(header) }
        switch header.kind {
        case Kind.data: try takeData(header, payload)
        case Kind.headers: try takeHeaders(header, payload)
        case Kind.continuation: try takeContinuation(header, payload)
        case Kind.resetStream: try takeReset(header, payload)
        case Kind.windowUpdate: try takeWindowUpdate(header, payload)
        case Kind.settings: try takeSettings(header, payload)
        case Kind.ping: try takePing(header, payload)
        case Kind.goAway: try takeGoAway(header, payload)
        case Kind.priority: try takePriority(header, payload)
        case Kind.pushPromise: throw HTTP2Fault(.protocolError)
        default: try spend()
        }
    }

    /// Counts a frame that carries nothing.
    func spend() throws(HTTP2Fault) {
        guard controlFrames.spend() else { throw HTTP2Fault(.enhanceYourCalm) }
    }

    /// Whether no frame but HEADERS or PRIORITY may come for a stream, as nobody has opened it yet.
    func isIdle(_ stream: UInt32) -> Bool {
        let isOfClient = stream & 1 == 1
        switch role {
        case .server: return !isOfClient || stream > newestRemote
        case .client: return !isOfClient || stream >= nextLocal
        }
    }

    /// Judges DATA or HEADERS for a stream that is not in the table.
    ///
    /// After a reset from here the peer may have sent more before it knew (RFC 9113 section 5.1).
    func checkLate(_ stream: UInt32) throws(HTTP2Fault) {
        guard !isIdle(stream) else { throw HTTP2Fault(.protocolError) }
        guard resetHere.contains(stream) else { throw HTTP2Fault(.streamClosed) }
    }

    private func takeData(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard header.stream != 0 else { throw HTTP2Fault(.protocolError) }
        var data = payload
        try Self.removePadding(header, &data)
        guard header.length <= receiveWindow else { throw HTTP2Fault(.flowControlError) }
        receiveWindow -= header.length
        unreturned += header.length
        if unreturned >= connectionWindow / 2 { giveBack(unreturned) }
        let isLast = header.has(Flag.endStream)
        emptyData = data.readableBytes == 0 && !isLast ? emptyData + 1 : 0
        guard emptyData <= 10 else { throw HTTP2Fault(.enhanceYourCalm) }
        guard let stream = streams[header.stream] else { return try checkLate(header.stream) }
        guard !stream.isRemoteDone else { return try failStream(stream, .streamClosed) }
        stream.receiveWindow -= header.length
        guard stream.receiveWindow >= 0 else { return try failStream(stream, .flowControlError) }
        guard stream.expects(data.readableBytes, isLast: isLast) else { return try failStream(stream, .protocolError) }
        if isLast { stream.isRemoteDone = true }
        stream.handler?.receive(data, isLast: isLast)
        finishIfDone(stream)
    }

    /// Takes the padding of DATA or HEADERS off (RFC 9113 section 6.1).
    static func removePadding(_ header: HTTP2FrameHeader, _ payload: inout ByteBuffer) throws(HTTP2Fault) {
        guard header.has(Flag.padded) else { return }
        guard let count: UInt8 = payload.readInteger(), Int(count) <= payload.readableBytes else {
            throw HTTP2Fault(.protocolError)
        }
        payload.moveWriterIndex(to: payload.writerIndex - Int(count))
    }

    /// Ends one stream because of what the peer did.
    func failStream(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode) throws(HTTP2Fault) {
        let handler = stream.handler
        writeReset(stream.identifier, code)
        remove(stream)
        handler?.ended(code)
        try spendReset()
    }

    /// Counts a stream that was in vain.
    func spendReset() throws(HTTP2Fault) {
        guard resets.spend() else { throw HTTP2Fault(.enhanceYourCalm) }
    }

    /// Takes a stream off the table whose both sides have ended.
    func finishIfDone(_ stream: HTTP2Stream) {
        guard stream.isRemoteDone, stream.isLocalDone, streams[stream.identifier] != nil else { return }
        resets.credit(1)
        remove(stream)
    }
}
