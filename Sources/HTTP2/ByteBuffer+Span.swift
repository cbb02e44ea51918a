public import NIOCore

extension ByteBuffer {
    /// Appends the bytes of a span.
    @inline(__always)
    public mutating func write(_ bytes: Span<UInt8>) {
        // Safety: the buffer is only read, while the span lives.
        _ = unsafe bytes.withUnsafeBufferPointer { unsafe writeBytes(UnsafeRawBufferPointer($0)) }
    }
}
