extension Span<UInt8> {
    /// Whether the bytes at `start` are `text`; the caller has made sure that there are as many.
    @inline(__always)
    func has(_ text: [UInt8], at start: Int) -> Bool {
        guard start >= 0, text.count <= count - start else { return false }
        for offset in text.indices where self[start + offset] != text[offset] { return false }
        return true
    }

    /// The same for `text` in lower case, whatever the case of the bytes.
    @inline(__always)
    func hasFolded(_ text: [UInt8], at start: Int) -> Bool {
        guard start >= 0, text.count <= count - start else { return false }
        for offset in text.indices where Self.folded(self[start + offset]) != text[offset] { return false }
        return true
    }

    /// A byte with an upper case letter made a lower case one.
    @inline(__always)
    static func folded(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// The place of the first `?` or `#`, or the end.
    @inline(__always)
    var pathEnd: Int {
        for index in indices where self[index] == 0x3F || self[index] == 0x23 { return index }
        return count
    }

    /// The bytes as an array.
    var array: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(count)
        for index in indices { result.append(self[index]) }
        return result
    }
}

extension String {
    /// The bytes with ASCII letters in lower case.
    var foldedBytes: [UInt8] { utf8.map { Span<UInt8>.folded($0) } }
}
