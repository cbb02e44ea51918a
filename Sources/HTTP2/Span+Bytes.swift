extension Span<UInt8> {
    /// Whether the bytes are exactly `text`.
    @inline(__always)
    public func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        // Safety: a static string lives as long as the program, and has as many bytes as the span.
        let expected = unsafe text.utf8Start
        for index in 0..<count {
            guard unsafe self[index] == expected[index] else { return false }
        }
        return true
    }

    /// Whether the bytes are `text`, which is in lower case, in any case of letters.
    @inline(__always)
    public func equalsIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        // Safety: a static string lives as long as the program, and has as many bytes as the span.
        let expected = unsafe text.utf8Start
        for index in 0..<count {
            guard unsafe self[index].lowercased == expected[index] else { return false }
        }
        return true
    }

    /// Whether the bytes are those of `other`.
    @inline(__always)
    public func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in 0..<count where self[index] != other[index] { return false }
        return true
    }
}

extension UInt8 {
    /// The letter in lower case; any other byte as it is.
    @inline(__always)
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}

extension String {
    /// Makes a string of bytes; what is not UTF-8 is replaced.
    init(decoding bytes: Span<UInt8>) {
        // Safety: the buffer is only read, while the span lives.
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}

extension [UInt8] {
    /// Appends the bytes of a span.
    @inline(__always)
    public mutating func append(_ bytes: Span<UInt8>) {
        // Safety: the buffer is only read, while the span lives.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    /// Takes all bytes out and keeps the memory for the next ones, unless it is much.
    public mutating func recycle() { removeAll(keepingCapacity: capacity <= 16 * 1024) }

    /// Appends the bytes of a text.
    @inline(__always)
    public mutating func append(_ text: StaticString) {
        // Safety: a static string lives as long as the program, and has so many bytes.
        unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
