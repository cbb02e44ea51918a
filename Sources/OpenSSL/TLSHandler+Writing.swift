public import NIOCore

extension TLSHandler {
    /// The plaintext of a full record (RFC 8446 section 5.1).
    private static let recordBytes = 16_384

    /// How much ciphertext is collected before it is handed on: sixteen records.
    private static let ciphertextChunk = 256 * 1_024

    /// Keeps plaintext until the next flush.
    public func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let bytes = unwrapOutboundIn(data)
        switch lifecycle.writeVerdict {
        case .accept:
            guard heldOutputClose == nil else {
                promise?.fail(ChannelError.outputClosed)
                return
            }
            pending.append(bytes, promise)
        case .hold:
            hold(bytes, promise, context)
        case .refuse:
            promise?.fail(ChannelError.outputClosed)
        }
    }

    /// Encrypts what was written, or notes that it is to be sent after the handshake.
    public func flush(context: ChannelHandlerContext) {
        pending.markFlush()
        if lifecycle.writeVerdict == .accept { sendFlushed(context) }
        context.flush()
    }

    private func hold(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext) {
        guard heldOutputClose == nil else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        // The count bounds empty writes as well; the smallest share that one write is charged is 64 bytes.
        let charged = max(pending.byteCount, pending.count &* 64)
        guard bytes.readableBytes <= limits.maximumHeldBytes - min(charged, limits.maximumHeldBytes) else {
            let error = OpenSSLError(
                .writeBufferFull,
                "more than \(limits.maximumHeldBytes) bytes were written before the handshake ended"
            )
            promise?.fail(error)
            fail(error, context)
            return
        }
        pending.append(bytes, promise)
    }

    /// Encrypts everything that is to be sent and hands it on; does not flush.
    func sendFlushed(_ context: ChannelHandlerContext) {
        guard lifecycle.writeVerdict == .accept, pending.hasFlushed else { return }
        connection.reserve(plaintext: min(pending.byteCount, Self.ciphertextChunk))
        var promise: EventLoopPromise<Void>?
        while let write = pending.popFlushed() {
            promise.join(write.promise)
            do throws(OpenSSLError) {
                try encrypt(write.bytes, isLast: !pending.hasFlushed)
            } catch {
                promise?.fail(error)
                fail(error, context)
                return
            }
            // Only at a boundary: bytes that wait for a fuller record belong to the promises collected so far.
            if staging.readableBytes == 0, connection.ciphertextBytes >= Self.ciphertextChunk {
                writeCiphertext(context, promise: promise)
                promise = nil
            }
        }
        // An idle connection keeps no buffer.
        staging = ByteBuffer()
        writeCiphertext(context, promise: promise)
    }

    /// Encrypts `bytes`, joined with what waits for a fuller record.
    private func encrypt(_ bytes: ByteBuffer, isLast: Bool) throws(OpenSSLError) {
        var rest = bytes
        if isLast && staging.readableBytes == 0 {
            try connection.write(rest)
            return
        }
        if staging.readableBytes > 0 || rest.readableBytes < Self.recordBytes {
            let room = Self.recordBytes - staging.readableBytes
            if var part = rest.readSlice(length: min(room, rest.readableBytes)) {
                staging.writeBuffer(&part)
            }
            guard isLast || staging.readableBytes == Self.recordBytes else { return }
            try connection.write(staging)
            staging.clear()
        }
        try connection.write(rest)
    }

    /// Hands on the ciphertext that waits, for `promise`; does not flush.
    func writeCiphertext(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
        guard promise != nil || connection.ciphertextBytes > 0 else { return }
        context.write(wrapOutboundOut(connection.takeCiphertext()), promise: promise)
    }

    /// Sends the ciphertext that waits, if any does.
    func sendCiphertext(_ context: ChannelHandlerContext) {
        guard connection.ciphertextBytes > 0 else { return }
        context.writeAndFlush(wrapOutboundOut(connection.takeCiphertext()), promise: nil)
    }

    /// Fails everything that waits to be encrypted.
    func failPending(_ error: any Error) {
        staging = ByteBuffer()
        for write in pending.removeAll() {
            write.promise?.fail(error)
        }
        let held = heldOutputClose
        heldOutputClose = nil
        held?.promise?.fail(error)
    }
}

extension EventLoopPromise<Void>? {
    /// Makes this promise stand for `other` too: one write carries the bytes of several.
    fileprivate mutating func join(_ other: EventLoopPromise<Void>?) {
        guard let other else { return }
        guard let first = self else {
            self = other
            return
        }
        first.futureResult.cascade(to: other)
    }
}
