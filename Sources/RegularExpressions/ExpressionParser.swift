/// Reads RE2's syntax but for Unicode classes.
///
/// | construct | here |
/// |---|---|
/// | `x` `.` `[a-z]` `[^a-z]` `[[:alpha:]]` | yes |
/// | `\d` `\w` `\s` `\D` `\W` `\S` `\b` `\B` `\A` `\z` `\Q…\E` | yes |
/// | `xy` `x|y` `x*` `x+` `x?` `x{n,m}` and their lazy forms | yes |
/// | `(x)` `(?:x)` `(?P<name>x)` `(?<name>x)` `(?imsU-imsU:x)` | yes |
/// | `\pN` `\C` | no |
/// | look-around, back references, possessive and atomic forms | no: they are not regular |
struct ExpressionParser {
    /// The flags of `(?imsU)`.
    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
        var isUngreedy = false
    }

    let scalars: [Unicode.Scalar]
    var position = 0
    var flags = Flags()
    var depth = 0
    /// The groups so far; group 0 is the whole match.
    var captures = 1

    private static var largestPattern: Int { 4096 }
    private static var deepestNesting: Int { 200 }

    init(_ pattern: String) throws(RegularExpressionError) {
        scalars = Array(pattern.unicodeScalars)
        guard scalars.count <= Self.largestPattern else {
            throw RegularExpressionError(.tooLarge, "it is longer than \(Self.largestPattern) characters", at: 0)
        }
    }

    /// Reads the whole pattern.
    mutating func parse() throws(RegularExpressionError) -> ExpressionNode {
        let node = try alternatives()
        guard position == scalars.count else { throw error(.unbalanced, "there is a ) without its (") }
        return node
    }

    var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    func error(_ code: RegularExpressionError.Code, _ reason: String) -> RegularExpressionError {
        RegularExpressionError(code, reason, at: position)
    }

    /// Goes over `scalar` if it comes next.
    mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    /// Whether `text` comes next.
    func comes(_ text: String) -> Bool {
        scalars[position...].starts(with: text.unicodeScalars)
    }

    /// Reads up to a closing bracket or the end; flags set within it end there.
    mutating func alternatives() throws(RegularExpressionError) -> ExpressionNode {
        depth += 1
        guard depth <= Self.deepestNesting else { throw error(.tooLarge, "its groups nest too deep") }
        let saved = flags
        defer {
            depth -= 1
            flags = saved
        }
        var parts = [try sequence()]
        while skip("|") { parts.append(try sequence()) }
        return parts.count == 1 ? parts[0] : .alternatives(parts)
    }

    private mutating func sequence() throws(RegularExpressionError) -> ExpressionNode {
        var parts: [ExpressionNode] = []
        while let scalar = current, scalar != "|", scalar != ")" {
            guard let atom = try atom() else { continue }
            parts.append(try repeated(atom))
        }
        switch parts.count {
        case 0: return .empty
        case 1: return parts[0]
        default: return .sequence(parts)
        }
    }

    /// Reads one thing that can be repeated; nil for a group that only sets flags.
    private mutating func atom() throws(RegularExpressionError) -> ExpressionNode? {
        guard let scalar = current else { return .empty }
        switch scalar {
        case "(": return try group()
        case "[": return .scalar(try characterClass())
        case "\\": return try escape()
        case "*", "+", "?":
            throw error(.repetition, "there is nothing before \(scalar) to repeat")
        case "{" where repetitionBounds() != nil:
            throw error(.repetition, "there is nothing before { to repeat")
        default: break
        }
        position += 1
        switch scalar {
        case ".": return .scalar(flags.dotMatchesNewline ? .all : CodePointSet.newline.inverted)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        default: return literal(scalar)
        }
    }

    /// One scalar, in both cases when the flags say so.
    func literal(_ scalar: Unicode.Scalar) -> ExpressionNode {
        let set = CodePointSet(scalar.value)
        return .scalar(flags.ignoresCase ? set.foldingASCII : set)
    }
}
