/// What replaces the matches of an expression: text with `\1` for groups, as in RE2.
public struct Substitution: Sendable {
    private enum Piece: Sendable {
        case text([UInt8])
        case group(Int)
    }

    private var pieces: [Piece] = []

    /// Reads `text`, in which `\0` is the whole match, `\1` to `\9` are groups and `\\` is `\`.
    ///
    /// - Throws: `RegularExpressionError`, when it names a group that `expression` does not have.
    public init(_ text: String, for expression: RegularExpression) throws(RegularExpressionError) {
        var literal: [UInt8] = []
        var escaped = false
        for (offset, byte) in text.utf8.enumerated() {
            guard escaped else {
                if byte == UInt8(ascii: "\\") { escaped = true } else { literal.append(byte) }
                continue
            }
            escaped = false
            switch byte {
            case UInt8(ascii: "\\"): literal.append(byte)
            case 0x30...0x39:
                let group = Int(byte - 0x30)
                guard group <= expression.groupCount else {
                    let reason = "\\\(group) stands for a group that the pattern does not have"
                    throw RegularExpressionError(.substitution, reason, at: offset)
                }
                if !literal.isEmpty { pieces.append(.text(literal)) }
                literal.removeAll()
                pieces.append(.group(group))
            default:
                throw RegularExpressionError(.substitution, "\\ must come before a digit or another \\", at: offset)
            }
        }
        guard !escaped else {
            throw RegularExpressionError(
                .substitution,
                "\\ must come before a digit or another \\",
                at: text.utf8.count
            )
        }
        if !literal.isEmpty { pieces.append(.text(literal)) }
    }

    /// Appends what stands for one match.
    func append(_ groups: [Range<Int>?], of bytes: Span<UInt8>, to out: inout [UInt8]) {
        for piece in pieces {
            switch piece {
            case .text(let text): out += text
            case .group(let number):
                guard groups.indices.contains(number), let range = groups[number] else { continue }
                for index in range { out.append(bytes[index]) }
            }
        }
    }
}

extension RegularExpression {
    /// The text with every match replaced, from left to right, none twice.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - substitution: What replaces each match.
    ///   - limit: Where to stop writing; the result may be one replacement longer.
    /// - Returns: The new text, or nil when nothing matches.
    public func replacing(_ bytes: Span<UInt8>, with substitution: Substitution, limit: Int) -> [UInt8]? {
        var out: [UInt8] = []
        var position = 0
        var lastEnd = -1
        var count = 0
        while position <= bytes.count, out.count <= limit, let groups = firstMatch(bytes, from: position),
            let match = groups.first ?? nil
        {
            for index in position..<match.lowerBound { out.append(bytes[index]) }
            if match.isEmpty, match.lowerBound == lastEnd {
                // An empty match right behind the last one does not count; go on behind the next character.
                guard match.lowerBound < bytes.count else { break }
                position = match.lowerBound
                repeat {
                    out.append(bytes[position])
                    position += 1
                } while position < bytes.count && bytes[position] & 0xC0 == 0x80
                continue
            }
            substitution.append(groups, of: bytes, to: &out)
            position = match.upperBound
            lastEnd = match.upperBound
            count += 1
            if position == bytes.count, match.isEmpty { break }
        }
        guard count > 0 else { return nil }
        for index in min(position, bytes.count)..<bytes.count { out.append(bytes[index]) }
        return out
    }
}
