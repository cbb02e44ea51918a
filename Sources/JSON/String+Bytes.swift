extension String {
    /// Whether the strings have the same UTF-8 bytes.
    ///
    /// `==` on strings compares by canonical equivalence, in which `é` has two spellings; JSON compares code points.
    package func hasSameBytes(as other: String) -> Bool {
        // Strings with other bytes are almost always unequal as strings too, which is the faster comparison.
        guard utf8.count == other.utf8.count, self == other else { return false }
        // Safety: both buffers are only read, within their bounds, while the strings live.
        let same = unsafe utf8.withContiguousStorageIfAvailable { left in
            unsafe other.utf8.withContiguousStorageIfAvailable { right in unsafe left.elementsEqual(right) }
        }
        return (same ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}
