import NIOCore

extension HTTP2Session {
    private typealias Kind = HTTP2FrameHeader.Kind
    private typealias Flag = HTTP2FrameHeader.Flag

    func takeReset(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard header.stream != 0 else { throw HTTP2Fault(.protocolError) }
        guard let code = payload.getInteger(at: payload.readerIndex, as: UInt32.self), header.length == 4 else {
            throw HTTP2Fault(.frameSizeError)
        }
        guard !isIdle(header.stream) else { throw HTTP2Fault(.protocolError) }
        guard let stream = streams[header.stream] else { return try spend() }
        let handler = stream.handler
        remove(stream)
        handler?.ended(HTTP2ErrorCode(rawValue: code))
        if role == .server { try spendReset() }
    }

    func takeWindowUpdate(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard let word = payload.getInteger(at: payload.readerIndex, as: UInt32.self), header.length == 4 else {
            throw HTTP2Fault(.frameSizeError)
        }
        let increment = Int(word & 0x7FFF_FFFF)
        try spend()
        guard header.stream != 0 else {
            guard increment > 0 else { throw HTTP2Fault(.protocolError) }
            sendWindow += increment
            guard sendWindow <= Int32.max else { throw HTTP2Fault(.flowControlError) }
            return sendQueued()
        }
        guard !isIdle(header.stream) else { throw HTTP2Fault(.protocolError) }
        guard let stream = streams[header.stream] else { return }
        guard increment > 0 else { return try failStream(stream, .protocolError) }
        stream.sendWindow += increment
        guard stream.sendWindow <= Int32.max else { return try failStream(stream, .flowControlError) }
        sendQueued()
    }

    func takeSettings(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard header.stream == 0 else { throw HTTP2Fault(.protocolError) }
        guard header.length % 6 == 0 else { throw HTTP2Fault(.frameSizeError) }
        try spend()
        guard !header.has(Flag.acknowledgement) else {
            guard header.length == 0 else { throw HTTP2Fault(.frameSizeError) }
            return
        }
        hasSettings = true
        let earlier = peer.initialWindowSize
        try peer.take(payload, fromServer: role == .client)
        encoder.allow(tableSize: peer.headerTableSize)
        let change = peer.initialWindowSize - earlier
        if change != 0 {
            for stream in streams.values {
                stream.sendWindow += change
                guard stream.sendWindow <= Int32.max else { throw HTTP2Fault(.flowControlError) }
            }
        }
        try answer(HTTP2FrameHeader(Kind.settings, length: 0, flags: Flag.acknowledgement, stream: 0), ByteBuffer())
        if change > 0 { sendQueued() }
    }

    func takeGoAway(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard header.stream == 0 else { throw HTTP2Fault(.protocolError) }
        guard let last = payload.getInteger(at: payload.readerIndex, as: UInt32.self), header.length >= 8 else {
            throw HTTP2Fault(.frameSizeError)
        }
        try spend()
        let limit = last & 0x7FFF_FFFF
        if role == .client {
            for stream in streams.values where stream.identifier > limit {
                let handler = stream.handler
                remove(stream)
                handler?.ended(.refusedStream)
            }
        }
        delegate?.peerGoesAway()
    }

    func takePriority(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        guard header.stream != 0 else { throw HTTP2Fault(.protocolError) }
        guard let dependency = payload.getInteger(at: payload.readerIndex, as: UInt32.self), header.length == 5 else {
            throw HTTP2Fault(.frameSizeError)
        }
        guard dependency & 0x7FFF_FFFF != header.stream else { throw HTTP2Fault(.protocolError) }
        try spend()
    }

    /// Writes an answer to a frame; a peer that sends many and reads none of them is a flood.
    func answer(_ header: HTTP2FrameHeader, _ payload: ByteBuffer) throws(HTTP2Fault) {
        if !isWritable { unreadAnswers += 1 }
        guard unreadAnswers <= 1000 else { throw HTTP2Fault(.enhanceYourCalm) }
        newest = nil
        header.write(to: &output)
        var payload = payload
        output.writeBuffer(&payload)
    }
}
