extension String {
    /// Whether the strings have the same UTF-8 bytes.
    ///
    /// `==` on strings compares by canonical equivalence, in which `é` has two spellings; JSON compares code points.
    @usableFromInline
    package func hasSameBytes(as other: String) -> Bool {
        // Strings with other bytes are almost always unequal as strings too, which is the faster comparison.
        guard utf8.count == other.utf8.count, self == other else { return false }
        return utf8Span.isKnownASCII || utf8Span.span.hasSameElements(as: other.utf8Span.span)
    }
}

extension String {
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
