import NIOCore

extension HTTP2Session {
    private typealias Flag = HTTP2FrameHeader.Flag

    /// A header block whose frames have not all come.
    struct OpenBlock {
        let stream: UInt32
        let isLast: Bool
        var bytes: ByteBuffer
        var frames = 1
    }

    /// The most frames of one block.
    private static var framesOfABlock: Int { 16 }

    func takeHeaders(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard header.stream != 0 else { throw HTTP2Fault(.protocolError) }
        var fragment = payload
        try Self.removePadding(header, &fragment)
        if header.has(Flag.priority) {
            guard let dependency: UInt32 = fragment.readInteger(), fragment.readSlice(length: 1) != nil else {
                throw HTTP2Fault(.frameSizeError)
            }
            guard dependency & 0x7FFF_FFFF != header.stream else { throw HTTP2Fault(.protocolError) }
        }
        let isLast = header.has(Flag.endStream)
        guard header.has(Flag.endHeaders) else {
            openBlock = OpenBlock(stream: header.stream, isLast: isLast, bytes: ByteBuffer(buffer: fragment))
            return
        }
        try takeBlock(header.stream, fragment, isLast: isLast)
    }

    func takeContinuation(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard var block = openBlock else { throw HTTP2Fault(.protocolError) }
        openBlock = nil
        var fragment = payload
        block.bytes.writeBuffer(&fragment)
        block.frames += 1
        guard block.frames <= Self.framesOfABlock, block.bytes.readableBytes <= settings.maxHeaderListSize else {
            throw HTTP2Fault(.enhanceYourCalm)
        }
        guard header.has(Flag.endHeaders) else {
            openBlock = block
            return
        }
        try takeBlock(header.stream, block.bytes, isLast: block.isLast)
    }

    /// Takes a whole block; the table changes even if nobody wants what it says (RFC 9113 section 4.3).
    private func takeBlock(_ identifier: UInt32, _ bytes: ByteBuffer, isLast: Bool) throws(HTTP2Fault) {
        headerBlockStart = nil
        do throws(HPACKFailure) {
            try decoder.decode(bytes.readableBytesUInt8Span, into: &list)
        } catch {
            throw HTTP2Fault(error == .tooLarge ? .enhanceYourCalm : .compressionError)
        }
        if let stream = streams[identifier] {
            guard !stream.isRemoteDone else { return try failStream(stream, .streamClosed) }
            return try deliver(to: stream, isLast: isLast)
        }
        guard role == .server, identifier & 1 == 1, identifier > newestRemote else {
            // Reading it took work, and nobody wants it.
            try spend()
            return try checkLate(identifier)
        }
        newestRemote = identifier
        let stream = HTTP2Stream(
            identifier,
            sendWindow: peer.initialWindowSize,
            receiveWindow: settings.initialWindowSize
        )
        guard lastServed == nil, streams.count < settings.maxConcurrentStreams,
            let handler = delegate?.opened(stream)
        else {
            writeReset(identifier, .refusedStream)
            return try spendReset()
        }
        streams[identifier] = stream
        stream.handler = handler
        try deliver(to: stream, isLast: isLast)
    }

    private func deliver(to stream: HTTP2Stream, isLast: Bool) throws(HTTP2Fault) {
        guard !isLast || stream.expects(0, isLast: true) else { return try failStream(stream, .protocolError) }
        if isLast { stream.isRemoteDone = true }
        stream.handler?.receive(list, isLast: isLast)
        list.removeAll()
        finishIfDone(stream)
    }
}
