import NIOCore

extension HTTP2Session {
    private typealias Kind = HTTP2FrameHeader.Kind
    private typealias Flag = HTTP2FrameHeader.Flag

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
        encoder.end()
        if isLast { return ended(stream) }
        newest = (stream.identifier, flags)
    }
}
