extension ExpressionParser {
    /// The most repetitions of one thing, as in RE2.
    private static var mostRepetitions: Int { 1000 }

    /// Reads the repetitions that follow `atom`.
    mutating func repeated(_ atom: ExpressionNode) throws(RegularExpressionError) -> ExpressionNode {
        guard let (minimum, maximum, end) = try quantifier() else { return atom }
        position = end
        let isLazy = skip("?")
        if try quantifier() != nil {
            throw error(.repetition, "a repetition is repeated; put it into (?: )")
        }
        return .repetition(atom, minimum: minimum, maximum: maximum, isGreedy: isLazy == flags.isUngreedy)
    }

    private func quantifier() throws(RegularExpressionError) -> (minimum: Int, maximum: Int?, end: Int)? {
        switch current {
        case "*": return (0, nil, position + 1)
        case "+": return (1, nil, position + 1)
        case "?": return (0, 1, position + 1)
        case "{":
            guard let bounds = repetitionBounds() else { return nil }
            let largest = max(bounds.minimum, bounds.maximum ?? 0)
            guard largest <= Self.mostRepetitions, bounds.maximum ?? largest >= bounds.minimum else {
                throw error(
                    .repetition,
                    "a repetition must be of up to \(Self.mostRepetitions), the smaller number first"
                )
            }
            return bounds
        default: return nil
        }
    }

    /// The numbers of `{n}`, `{n,}` or `{n,m}` at the position, or nil when it is no repetition but text.
    func repetitionBounds() -> (minimum: Int, maximum: Int?, end: Int)? {
        var index = position + 1
        guard let minimum = number(&index), index < scalars.count else { return nil }
        var maximum: Int? = minimum
        if scalars[index] == "," {
            index += 1
            maximum = number(&index)
        }
        guard index < scalars.count, scalars[index] == "}" else { return nil }
        return (minimum, maximum, index + 1)
    }

    private func number(_ index: inout Int) -> Int? {
        var value: Int?
        while index < scalars.count, case let digit = scalars[index].value, 0x30...0x39 ~= digit {
            // Far above what is allowed, numbers are all the same.
            value = min((value ?? 0) * 10 + Int(digit - 0x30), 1_000_000)
            index += 1
        }
        return value
    }
}
