/// A pattern of a path with named parts: `extensions.path.match.uri_template.v3.UriTemplateMatchConfig`.
///
///     /videos/*/{file}.m4s    `*` is one segment or a part of it, `{file}` the same with a name
///     /{area=maps/*}/**       a name may stand for a pattern of its own; `**` is any number of segments, at the end
///
/// It is matched by an expression with a group for each name.
public struct PathTemplate: Sendable, Hashable {
    /// What is wrong with a pattern, in words.
    public struct Fault: Error, Equatable {
        /// A sentence.
        public let reason: String

        /// Makes a fault.
        public init(reason: String) {
            self.reason = reason
        }
    }

    /// The expression that matches the whole path.
    public private(set) var expression = ""
    /// The names in the order of their groups.
    public private(set) var names: [String] = []

    /// How many names there may be, as in Envoy.
    static let maximumNames = 5
    /// How long a name may be, in bytes.
    static let maximumNameLength = 16
    private static let segment = "[a-zA-Z0-9._~%!$&'()*+,;:@=-]+"
    private static let segments = "[a-zA-Z0-9._~%!$&'()*+,;:@=/-]*"

    private var hasEnded = false

    /// Reads a pattern.
    ///
    /// - Throws: What is wrong with it.
    public init(_ text: String) throws(Fault) {
        guard text.utf8.first == UInt8(ascii: "/") else { throw Fault(reason: "a template begins with /") }
        var rest = text.utf8[...]
        while let byte = rest.first {
            guard byte == UInt8(ascii: "{") else {
                try readPart(&rest)
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw Fault(reason: "a { is not closed") }
            try readName(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        }
        expression = "^\(expression)$"
    }

    /// What replaces a path that matches, as ``RegexRewrite`` wants it.
    ///
    /// - Parameter text: A path in which `{name}` stands for what the name matched.
    /// - Returns: The replacement of the whole path.
    /// - Throws: What is wrong with the text.
    public func rewrite(_ text: String) throws(Fault) -> RegexRewrite {
        guard text.utf8.first == UInt8(ascii: "/") else { throw Fault(reason: "a template begins with /") }
        var substitution = ""
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "{") else {
                guard Self.isLiteral(byte) else { throw Self.unexpected(byte) }
                substitution.unicodeScalars.append(Unicode.Scalar(byte))
                continue
            }
            guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { throw Fault(reason: "a { is not closed") }
            let name = String(Substring(rest[..<end]))
            guard let index = names.firstIndex(of: name) else {
                throw Fault(reason: "the match has no part named \(name)")
            }
            substitution += "\\\(index + 1)"
            rest = rest[rest.index(after: end)...]
        }
        return RegexRewrite(pattern: expression, substitution: substitution)
    }

    /// Reads a literal byte or one of the two wildcards.
    private mutating func readPart(_ rest: inout Substring.UTF8View) throws(Fault) {
        guard let byte = rest.popFirst() else { return }
        guard byte == UInt8(ascii: "*") else {
            guard Self.isLiteral(byte) else { throw Self.unexpected(byte) }
            let isWord = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "_") || Self.isAlphanumeric(byte)
            if !isWord { expression += "\\" }
            expression.unicodeScalars.append(Unicode.Scalar(byte))
            return
        }
        guard !hasEnded else { throw Fault(reason: "nothing but text may follow **") }
        guard rest.first == UInt8(ascii: "*") else {
            expression += Self.segment
            return
        }
        rest.removeFirst()
        guard rest.first != UInt8(ascii: "*") else { throw Fault(reason: "*** has no meaning") }
        hasEnded = true
        expression += Self.segments
    }

    /// Reads what stands between braces: a name, and behind `=` its pattern.
    private mutating func readName(_ text: Substring.UTF8View) throws(Fault) {
        let sign = text.firstIndex(of: UInt8(ascii: "="))
        let name = String(Substring(text[..<(sign ?? text.endIndex)]))
        let first = name.utf8.first ?? 0
        let isSound =
            Self.isAlphanumeric(first) && !(0x30...0x39).contains(first)
            && name.utf8.allSatisfy { Self.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        guard isSound, name.utf8.count <= Self.maximumNameLength else {
            throw Fault(reason: "\"\(name)\" is not a name of up to \(Self.maximumNameLength) letters, digits and _")
        }
        guard !names.contains(name) else { throw Fault(reason: "the name \(name) stands there twice") }
        guard names.count < Self.maximumNames else {
            throw Fault(reason: "there are more than \(Self.maximumNames) names")
        }
        guard !hasEnded else { throw Fault(reason: "nothing but text may follow **") }
        names.append(name)
        expression += "("
        if let sign {
            var rest = text[text.index(after: sign)...]
            guard !rest.isEmpty else { throw Fault(reason: "the name \(name) has an empty pattern") }
            while !rest.isEmpty { try readPart(&rest) }
        } else {
            expression += Self.segment
        }
        expression += ")"
    }

    private static func unexpected(_ byte: UInt8) -> Fault {
        Fault(reason: "\"\(Character(Unicode.Scalar(byte)))\" cannot stand in a template; escape it as in a URL")
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "/-._~%!$&'()+,;:@=".utf8.contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
