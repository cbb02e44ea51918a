import COpenSSL
import NIOCore

/// The two directions of encrypted bytes between one `SSL` and the handler, without a copy in between that OpenSSL's
/// memory BIO would make.
final class CiphertextQueue {
    /// What the peer sent and OpenSSL has not taken yet.
    private var inbound = ByteBuffer()
    /// What OpenSSL made for the peer.
    private var outbound = ByteBuffer()
    /// Whether the peer will send no more.
    var isInboundClosed = false

    /// Whether everything the peer will ever send was taken.
    var isAtEnd: Bool {
        isInboundClosed && inbound.readableBytes == 0
    }

    /// Adds bytes from the peer.
    func receive(_ bytes: ByteBuffer) {
        if inbound.readableBytes == 0 {
            inbound = bytes
        } else {
            inbound.writeImmutableBuffer(bytes)
        }
    }

    /// Throws away what the peer sent.
    func discardInbound() {
        inbound = ByteBuffer()
    }

    /// Makes room for `bytes` more, so that a large flush grows the buffer once.
    func reserve(_ bytes: Int) {
        outbound.reserveCapacity(minimumWritableBytes: bytes)
    }

    /// How many bytes wait for the peer.
    var outboundBytes: Int {
        outbound.readableBytes
    }

    /// Takes what waits for the peer.
    func takeOutbound() -> ByteBuffer {
        let bytes = outbound
        outbound = ByteBuffer()
        return bytes
    }

    /// Moves up to `capacity` bytes from the peer to OpenSSL's memory; nil when more must arrive first, 0 at the end.
    func read(into target: UnsafeMutableRawPointer, capacity: Int) -> Int? {
        guard inbound.readableBytes > 0 else { return isInboundClosed ? 0 : nil }
        let count = min(capacity, inbound.readableBytes)
        // Safety: both regions have at least `count` bytes and belong to different owners.
        unsafe inbound.readWithUnsafeReadableBytes { source in
            guard let start = source.baseAddress else { return 0 }
            unsafe target.copyMemory(from: start, byteCount: count)
            return count
        }
        // Gives the receive buffer back as soon as it is empty, so that an idle connection holds none.
        if inbound.readableBytes == 0 { inbound = ByteBuffer() }
        return count
    }

    /// Appends what OpenSSL made for the peer.
    func write(_ source: UnsafeRawBufferPointer) {
        unsafe outbound.writeBytes(source)
    }
}
