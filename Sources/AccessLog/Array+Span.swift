extension [UInt8] {
    /// Appends all bytes of `span` in one copy.
    mutating func append(_ span: Span<UInt8>) {
        // Safety: the pointer is used only while the closure runs.
        unsafe span.withUnsafeBufferPointer { unsafe self.append(contentsOf: $0) }
    }
}
