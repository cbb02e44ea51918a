extension ExpressionParser {
    /// Reads a group, or flags that hold for the rest of the group around them, which gives nil.
    mutating func group() throws(RegularExpressionError) -> ExpressionNode? {
        let start = position
        position += 1
        guard skip("?") else { return try capture(from: start) }
        if comes("P<") || comes("<") && !comes("<=") && !comes("<!") {
            position += comes("P<") ? 2 : 1
            try groupName()
            return try capture(from: start)
        }
        if comes("=") || comes("!") || comes("<=") || comes("<!") {
            throw RegularExpressionError(.unsupported, "look-around is not supported", at: start)
        }
        if comes("P=") || comes("P>") {
            throw RegularExpressionError(.unsupported, "back references are not supported", at: start)
        }
        let changed = try readFlags(from: start)
        if skip(")") {
            flags = changed
            return nil
        }
        position += 1
        let saved = flags
        flags = changed
        let node = try alternatives()
        flags = saved
        try close(start)
        return node
    }

    private mutating func capture(from start: Int) throws(RegularExpressionError) -> ExpressionNode {
        let number = captures
        captures += 1
        let node = try alternatives()
        try close(start)
        return .capture(number, node)
    }

    private mutating func close(_ start: Int) throws(RegularExpressionError) {
        guard skip(")") else {
            throw RegularExpressionError(.unbalanced, "there is a ( without its )", at: start)
        }
    }

    private mutating func groupName() throws(RegularExpressionError) {
        let start = position
        while let scalar = current, scalar != ">" {
            guard CodePointSet.words.ranges.contains(where: { $0.contains(scalar.value) }) else {
                throw error(.group, "the name of a group has letters, digits and _ only")
            }
            position += 1
        }
        guard position > start, skip(">") else { throw error(.group, "the name of a group is empty or does not end") }
    }

    /// Reads `imsU-imsU` up to `:` or `)`.
    private mutating func readFlags(from start: Int) throws(RegularExpressionError) -> Flags {
        var result = flags
        var value = true
        while let scalar = current, scalar != ":", scalar != ")" {
            switch scalar {
            case "i": result.ignoresCase = value
            case "m": result.isMultiline = value
            case "s": result.dotMatchesNewline = value
            case "U": result.isUngreedy = value
            case "-" where value: value = false
            default: throw RegularExpressionError(.group, "there is no group (?\(scalar)", at: start)
            }
            position += 1
        }
        guard current != nil else {
            throw RegularExpressionError(.unbalanced, "there is a ( without its )", at: start)
        }
        return result
    }
}
