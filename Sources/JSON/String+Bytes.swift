extension String {
    /// Whether the strings have the same UTF-8 bytes.
    ///
    /// `==` on strings compares by canonical equivalence, in which `é` has two spellings; JSON compares code points.
    @usableFromInline
    package func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        // What is ASCII on one side at least is the same as a string only if its bytes are, and compared fastest so.
        if utf8Span.isKnownASCII { return self == other }
        return utf8Span.span.hasSameElements(as: other.utf8Span.span)
    }

    /// Feeds the UTF-8 bytes to a hash.
    ///
    /// A string feeds its normal form, so that all spellings of it would collide.
    func hashBytes(into hasher: inout Hasher) {
        // Safety: the bytes are read while they are borrowed.
        unsafe utf8Span.span.bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
}

extension String {
    /// Whether more than `limit` combining characters follow one another somewhere.
    ///
    /// Swift sorts such a row whenever it compares or hashes the string, in time that grows with the square of its length:
    /// 16,000 take 70 milliseconds. Unicode's Stream-Safe Text Format (UAX 15, section 13) has rows of at most 30.
    func hasMoreMarks(than limit: Int) -> Bool {
        var row = 0
        for scalar in unicodeScalars {
            // There are none below U+0300.
            let isMark = scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
            row = isMark ? row + 1 : 0
            if row > limit { return true }
        }
        return false
    }

    /// Whether all UTF-8 bytes are as wanted; several times faster than through the view of them.
    @inlinable
    package func allBytes(_ isWanted: (UInt8) -> Bool) -> Bool {
        let bytes = utf8Span.span
        for index in bytes.indices where !isWanted(bytes[index]) {
            return false
        }
        return true
    }
}

extension Span<UInt8> {
    fileprivate func hasSameElements(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] {
            return false
        }
        return true
    }
}
