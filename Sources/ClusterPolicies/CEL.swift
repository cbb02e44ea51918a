import JSON

/// Writes expressions of the Common Expression Language as the API server compiles it
/// (https://kubernetes.io/docs/reference/using-api/cel/).
///
/// Lists and maps have to be of one type there, so members of several types are wrapped in `dyn()`.
enum CEL {
    /// How long an expression may be, in code points; cel-go refuses more than 100,000.
    static let maximumLength = 90_000

    /// A string literal that stands for exactly `text`, on one line and in ASCII controls escaped.
    static func quoted(_ text: String) -> String {
        var literal = "'"
        for scalar in text.unicodeScalars {
            switch scalar {
            case "'": literal += "\\'"
            case "\\": literal += "\\\\"
            case "\n": literal += "\\n"
            case "\r": literal += "\\r"
            case "\t": literal += "\\t"
            default: literal += isPlain(scalar) ? String(scalar) : escaped(scalar)
            }
        }
        return literal + "'"
    }

    /// A list of string literals.
    static func list(_ texts: [String]) -> String {
        "[\(texts.map(quoted).joined(separator: ", "))]"
    }

    /// A map of string literals to expressions of one type, an entry a line.
    static func map(_ entries: [(key: String, value: String)]) -> String {
        guard !entries.isEmpty else { return "{}" }
        return "{\n\(entries.map { "  \(quoted($0.key)): \($0.value)" }.joined(separator: ",\n"))\n}"
    }

    /// The sum of lists, put together in pairs: a parser counts how deep an expression is.
    static func sum(_ lists: [String]) -> String {
        if lists.count <= 8 { return lists.isEmpty ? "[]" : lists.joined(separator: "\n+ ") }
        let middle = lists.count / 2
        return "(\(sum(Array(lists[..<middle]))))\n+ (\(sum(Array(lists[middle...]))))"
    }

    /// All of `conditions`, a line each; `true` when there are none.
    static func all(_ conditions: [String]) -> String {
        conditions.isEmpty ? "true" : conditions.joined(separator: "\n&& ")
    }

    /// Whether `subject` is one of the patterns, in which `*` stands for anything; nil when everything is.
    static func matches(_ subject: String, _ patterns: [String]) -> String? {
        guard !patterns.contains(where: { !$0.isEmpty && $0.utf8.allSatisfy { $0 == UInt8(ascii: "*") } }) else {
            return nil
        }
        let names = patterns.filter { !$0.contains("*") }
        let globs = patterns.filter { $0.contains("*") }.map { glob(subject, $0) }
        let exact = names.isEmpty ? [] : ["\(subject) in \(list(names))"]
        let tests = exact + globs
        guard tests.count != 1 else { return tests[0] }
        return tests.isEmpty ? "false" : "(\(tests.joined(separator: " || ")))"
    }

    /// The comparison of a pattern with one `*` or more.
    private static func glob(_ subject: String, _ pattern: String) -> String {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        if parts.count == 2, parts[1].isEmpty { return "\(subject).startsWith(\(quoted(String(parts[0]))))" }
        if parts.count == 2, parts[0].isEmpty { return "\(subject).endsWith(\(quoted(String(parts[1]))))" }
        let expression = parts.map { escapedForExpression($0) }.joined(separator: ".*")
        return "\(subject).matches(\(quoted("^(?s:\(expression))$")))"
    }

    /// RE2 takes a backslash before any ASCII punctuation for the character itself.
    private static func escapedForExpression(_ text: Substring) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            let isWord = !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            escaped += isWord || scalar == "-" || scalar == "/" ? String(scalar) : "\\\(scalar)"
        }
        return escaped
    }

    /// Letters, marks, digits and punctuation stand for themselves; what nobody sees is escaped.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: scalar == " " || scalar.properties.generalCategory != .spaceSeparator
        }
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let (mark, width) = scalar.value > 0xFFFF ? ("U", 8) : ("u", 4)
        return "\\\(mark)\(String(repeating: "0", count: width - digits.count))\(digits)"
    }
}
