import NIOCore

/// Walks the lines of a head that has been checked, without their CR LF, up to the empty one.
struct HeadLines {
    private var rest: ByteBufferView

    init(_ bytes: ByteBufferView) {
        rest = bytes
    }

    /// The next line, or nil at the end.
    mutating func next() -> ByteBufferView? {
        guard let end = rest.firstIndex(of: 0x0A) else { return nil }
        var line = rest[rest.startIndex..<end]
        rest = rest[rest.index(after: end)..<rest.endIndex]
        if line.last == 0x0D { line = line.dropLast() }
        return line.isEmpty ? nil : line
    }
}
