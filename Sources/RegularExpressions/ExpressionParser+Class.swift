extension ExpressionParser {
    /// Reads `[…]`.
    mutating func characterClass() throws(RegularExpressionError) -> CodePointSet {
        let start = position
        position += 1
        let isInverted = skip("^")
        var set = CodePointSet()
        var isFirst = true
        while let scalar = current, scalar != "]" || isFirst {
            isFirst = false
            if scalar == "[", let named = try namedClass() {
                set.formUnion(named)
            } else if scalar == "\\", let escaped = try classEscape() {
                set.formUnion(escaped)
            } else {
                set.formUnion(try range())
            }
        }
        guard skip("]") else {
            throw RegularExpressionError(.unbalanced, "there is a [ without its ]", at: start)
        }
        if flags.ignoresCase { set = set.foldingASCII }
        return isInverted ? set.inverted : set
    }

    /// Reads `[:alpha:]` or `[:^alpha:]`; nil when the bracket is text.
    private mutating func namedClass() throws(RegularExpressionError) -> CodePointSet? {
        guard comes("[:"),
            let end = scalars[position...].indices.dropFirst(2).first(where: { index in
                scalars[index] == ":" && index + 1 < scalars.count && scalars[index + 1] == "]"
            })
        else { return nil }
        var name = String(String.UnicodeScalarView(scalars[(position + 2)..<end]))
        let isInverted = name.hasPrefix("^")
        if isInverted { name.removeFirst() }
        guard let set = CodePointSet.posix(name) else {
            throw error(.characterClass, "there is no class [:\(name):]")
        }
        position = end + 2
        return isInverted ? set.inverted : set
    }

    private mutating func range() throws(RegularExpressionError) -> CodePointSet {
        let low = try classScalar()
        guard current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
            return CodePointSet(low)
        }
        position += 1
        let high = try classScalar()
        guard low <= high else { throw error(.characterClass, "a range ends before it begins") }
        return CodePointSet([low...high])
    }

    private mutating func classScalar() throws(RegularExpressionError) -> UInt32 {
        guard let scalar = current else { throw error(.unbalanced, "there is a [ without its ]") }
        position += 1
        guard scalar == "\\" else { return scalar.value }
        return try escapedScalar()
    }
}
