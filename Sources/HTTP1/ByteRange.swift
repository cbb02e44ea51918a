/// A half-open range of offsets in a head.
///
/// 16 bits suffice because a head has at most 60 KiB, and they keep the table of a request within a few cache lines.
public struct ByteRange: Sendable, Equatable {
    /// The offset of the first byte.
    public var start: UInt16
    /// The offset after the last byte.
    public var end: UInt16

    /// Whether the range holds no byte.
    public var isEmpty: Bool { start == end }
    /// The number of bytes.
    public var count: Int { Int(end) - Int(start) }
    /// The range as offsets.
    public var offsets: Range<Int> { Int(start)..<max(Int(start), Int(end)) }

    /// An empty range at the start of the head.
    public static let empty = ByteRange(0, 0)

    /// Makes a range from offsets that lie within a head's limit.
    @inline(__always)
    init(_ start: Int, _ end: Int) {
        self.start = UInt16(truncatingIfNeeded: start)
        self.end = UInt16(truncatingIfNeeded: end)
    }
}
