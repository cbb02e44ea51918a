extension ExpressionParser {
    /// Reads what `\` begins outside of a class.
    mutating func escape() throws(RegularExpressionError) -> ExpressionNode {
        if let set = try classEscape() { return .scalar(flags.ignoresCase ? set.foldingASCII : set) }
        position += 1
        guard let scalar = current else { throw error(.escape, "there is nothing after the last \\") }
        let assertion: Assertion? =
            switch scalar {
            case "A": .textStart
            case "z": .textEnd
            case "b": .wordBoundary
            case "B": .noWordBoundary
            default: nil
            }
        if let assertion {
            position += 1
            return .assertion(assertion)
        }
        if skip("Q") { return quoted() }
        guard let value = Unicode.Scalar(try escapedScalar()) else {
            throw error(.escape, "there is no such character")
        }
        return literal(value)
    }

    /// Reads `\d` and its like at the position; nil for everything else, which is not read.
    mutating func classEscape() throws(RegularExpressionError) -> CodePointSet? {
        guard position + 1 < scalars.count else { return nil }
        let set: CodePointSet
        switch scalars[position + 1] {
        case "d": set = .digits
        case "D": set = CodePointSet.digits.inverted
        case "w": set = .words
        case "W": set = CodePointSet.words.inverted
        case "s": set = .spaces
        case "S": set = CodePointSet.spaces.inverted
        case "p", "P", "X": throw error(.unsupported, "Unicode classes are not supported; write ranges")
        case "C": throw error(.unsupported, "\\C is not supported; use .")
        default: return nil
        }
        position += 2
        return set
    }

    private mutating func quoted() -> ExpressionNode {
        var parts: [ExpressionNode] = []
        while let scalar = current {
            if comes("\\E") {
                position += 2
                break
            }
            parts.append(literal(scalar))
            position += 1
        }
        // What follows repeats the whole, which differs from RE2 where it repeats the last character.
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    /// Reads one character after `\`, which is gone already.
    mutating func escapedScalar() throws(RegularExpressionError) -> UInt32 {
        guard let scalar = current else { throw error(.escape, "there is nothing after the last \\") }
        position += 1
        switch scalar {
        case "a": return 0x07
        case "f": return 0x0C
        case "n": return 0x0A
        case "r": return 0x0D
        case "t": return 0x09
        case "v": return 0x0B
        case "x": return try hexadecimal()
        case "0": return octal()
        case _ where scalar.value < 0x80 && !CodePointSet.words.ranges.contains(where: { $0.contains(scalar.value) }):
            return scalar.value
        case "1", "2", "3", "4", "5", "6", "7", "8", "9":
            throw RegularExpressionError(.unsupported, "back references are not supported", at: position - 2)
        default:
            throw RegularExpressionError(.escape, "\\\(scalar) has no meaning", at: position - 2)
        }
    }

    private mutating func octal() -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<2 {
            guard let scalar = current, 0x30...0x37 ~= scalar.value else { break }
            value = value * 8 + scalar.value - 0x30
            position += 1
        }
        return value
    }

    /// Reads `7F` or `{10FFFF}` after `\x`.
    private mutating func hexadecimal() throws(RegularExpressionError) -> UInt32 {
        let isBraced = skip("{")
        var value: UInt32 = 0
        var count = 0
        while let digit = current, let number = Self.digit(digit) {
            guard isBraced ? count < 6 : count < 2 else { break }
            value = value * 16 + number
            count += 1
            position += 1
        }
        let isComplete = isBraced ? count > 0 && skip("}") : count == 2
        guard isComplete, value <= CodePointSet.largest else {
            throw error(.escape, "\\x needs two hexadecimal digits, or up to six in { }")
        }
        return value
    }

    private static func digit(_ scalar: Unicode.Scalar) -> UInt32? {
        switch scalar.value {
        case 0x30...0x39: scalar.value - 0x30
        case 0x41...0x46: scalar.value - 0x41 + 10
        case 0x61...0x66: scalar.value - 0x61 + 10
        default: nil
        }
    }
}
