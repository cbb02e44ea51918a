/// Parses the text of a pattern.
struct PatternParser {
    /// How deep groups may be nested.
    private static let maximumNesting = 20
    /// How often a part may be repeated by count.
    private static let maximumCount = 256

    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var nesting = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// Parses all of the text.
    mutating func pattern() throws(PatternError) -> PatternNode {
        let node = try alternatives()
        guard peek == nil else { throw error("a ')' has no '('") }
        return node
    }

    private var peek: Unicode.Scalar? {
        scalars.indices.contains(position) ? scalars[position] : nil
    }

    private func error(_ reason: String) -> PatternError {
        PatternError(reason: reason, offset: position)
    }

    private mutating func consume(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        var nodes = [try sequence()]
        while consume("|") {
            nodes.append(try sequence())
        }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        if nesting == 0 { _ = consume("^") }
        while let scalar = peek, scalar != "|", scalar != ")" {
            if scalar == "$", nesting == 0, isAtEndOfAlternative { position += 1 } else { nodes.append(try repeated()) }
        }
        return .sequence(nodes)
    }

    private var isAtEndOfAlternative: Bool {
        position + 1 == scalars.count || scalars[position + 1] == "|"
    }

    private mutating func repeated() throws(PatternError) -> PatternNode {
        let node = try atom()
        let (minimum, maximum): (Int, Int?)
        switch peek {
        case "*": (minimum, maximum) = (0, nil)
        case "+": (minimum, maximum) = (1, nil)
        case "?": (minimum, maximum) = (0, 1)
        case "{": (minimum, maximum) = try counts()
        default: return node
        }
        position += 1
        if let next = peek, ["*", "+", "?", "{"].contains(next) { throw error("a repetition cannot follow another") }
        return .repetition(node, minimum: minimum, maximum: maximum)
    }

    /// Reads `{n}`, `{n,}` or `{n,m}` up to its closing brace.
    private mutating func counts() throws(PatternError) -> (Int, Int?) {
        position += 1
        let minimum = try count()
        var maximum: Int? = minimum
        if consume(",") { maximum = peek == "}" ? nil : try count() }
        guard peek == "}" else { throw error("a repetition count is not closed by '}'") }
        if let maximum, maximum < minimum { throw error("a repetition count has its maximum below its minimum") }
        return (minimum, maximum)
    }

    private mutating func count() throws(PatternError) -> Int {
        var digits = ""
        while let scalar = peek, ("0"..."9").contains(scalar) {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        guard let count = Int(digits), count <= Self.maximumCount else {
            throw error("a repetition count is not a number up to \(Self.maximumCount)")
        }
        return count
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        guard let scalar = peek else { throw error("the pattern ends too early") }
        switch scalar {
        case "*", "+", "?", "{":
            throw error("there is nothing to repeat; a literal '\(scalar)' is written '\\\(scalar)'")
        case "^", "$":
            throw error("'\(scalar)' is only allowed at the very beginning or end; a pattern matches all of a value")
        case "(": return try group()
        case "[": return .set(try set())
        case ".":
            position += 1
            return .set(.any)
        case "\\":
            return .set(try escape())
        default:
            position += 1
            return .set(.only(scalar))
        }
    }

    private mutating func group() throws(PatternError) -> PatternNode {
        position += 1
        guard nesting < Self.maximumNesting else { throw error("groups are nested too deeply") }
        if consume("?"), !consume(":") { throw error("only '(?:' is known of the groups that begin with '(?'") }
        nesting += 1
        defer { nesting -= 1 }
        let node = try alternatives()
        guard consume(")") else { throw error("a '(' is not closed") }
        return node
    }

    private mutating func escape() throws(PatternError) -> ScalarSet {
        position += 1
        guard let letter = peek else { throw error("the pattern ends after a backslash") }
        guard let set = ScalarSet.escape(letter) else { throw error("'\\\(letter)' is not known") }
        position += 1
        return set
    }

    /// Reads `[…]`.
    private mutating func set() throws(PatternError) -> ScalarSet {
        position += 1
        var set = ScalarSet()
        let isNegated = consume("^")
        while let scalar = peek, scalar != "]" {
            guard let first = try member(&set) else { continue }
            guard peek == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                set.ranges.append(first.value...first.value)
                continue
            }
            position += 1
            guard let last = try member(&set), first.value <= last.value else { throw error("a range is reversed") }
            set.ranges.append(first.value...last.value)
        }
        guard consume("]") else { throw error("a '[' is not closed") }
        guard !set.ranges.isEmpty else { throw error("a class is empty") }
        set.isNegated = isNegated
        return set
    }

    /// Reads one character of a class and returns it, or adds a whole class such as `\d` and returns nil.
    private mutating func member(_ set: inout ScalarSet) throws(PatternError) -> Unicode.Scalar? {
        guard let scalar = peek else { throw error("a '[' is not closed") }
        guard scalar == "\\" else {
            position += 1
            return scalar
        }
        let escaped = try escape()
        guard !escaped.isNegated else { throw error("a negated class cannot be part of another") }
        if let range = escaped.ranges.first, escaped.ranges.count == 1, range.count == 1 {
            return Unicode.Scalar(range.lowerBound)
        }
        set.ranges += escaped.ranges
        return nil
    }
}
