extension String {
    /// Whether the strings have the same UTF-8 bytes.
    ///
    /// `==` on strings compares by canonical equivalence, in which `é` has two spellings; JSON compares code points.
    package func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count, self == other else { return false }
        return utf8.elementsEqual(other.utf8)
    }
}
