import JSON

/// What a scalar value has to look like: a type with its bounds.
///
/// | type | value |
/// |---|---|
/// | integer, port, number | the number, as it was spelled |
/// | boolean | the boolean |
/// | path | the string, without `.`, doubled or trailing slashes |
/// | all others | the string as it was given |
struct ValueRule: Sendable {
    /// How long a value may be, in bytes.
    static let maximumLength = 4096
    /// How long a value of type text may be, in bytes.
    static let maximumTextLength = 65536
    /// How many items a list may have.
    static let maximumItems = 64

    /// Why a value is refused.
    struct Violation: Error {
        let code: ParameterError.Code
        let reason: String
        var suggestion: String?
    }

    /// A smallest or largest value.
    struct Bound: Sendable {
        /// The bound as it was written.
        let text: String
        /// What it is compared by.
        let number: DecimalNumber
    }

    /// The type of the value, or of each item of a list.
    let type: ParameterType
    /// What an enum takes.
    var values: [String] = []
    /// The smallest value.
    var minimum: Bound?
    /// The largest value.
    var maximum: Bound?
    /// What all of the value has to match.
    var pattern: Pattern?

    /// The value that `text` stands for.
    func value(_ text: String) throws(Violation) -> JSONValue {
        let limit = type == .text ? Self.maximumTextLength : Self.maximumLength
        guard text.utf8.count <= limit else {
            throw Violation(
                code: .tooLong,
                reason: "the value has \(text.utf8.count) bytes; at most \(limit) are allowed"
            )
        }
        let value = try typed(text)
        try checkBounds(text)
        if let pattern, !pattern.matches(text) {
            throw Violation(
                code: .patternMismatch,
                reason: "\(Quoted(text)) does not match the pattern \(pattern.text)"
            )
        }
        return value
    }

    /// The values that a text with commas stands for; an empty text stands for none.
    func list(_ text: String) throws(Violation) -> JSONValue {
        guard text.utf8.count <= Self.maximumLength else {
            throw Violation(code: .tooLong, reason: "the list has more than \(Self.maximumLength) bytes")
        }
        let parts = text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        let items = parts.map { Self.trimmed($0) }
        return try list(items == [""] ? [] : items.map { .string($0) })
    }

    /// Checks the items of a list.
    func list(_ items: [JSONValue]) throws(Violation) -> JSONValue {
        guard items.count <= Self.maximumItems else {
            throw Violation(
                code: .tooLong,
                reason: "the list has \(items.count) items; at most \(Self.maximumItems) are allowed"
            )
        }
        var values: [JSONValue] = []
        for item in items {
            let text = try Self.text(of: item)
            guard !text.isEmpty else { throw Violation(code: .malformed, reason: "the list has an empty item") }
            values.append(try value(text))
        }
        return .array(values)
    }

    /// A scalar as the text of an annotation.
    static func text(of value: JSONValue) throws(Violation) -> String {
        switch value {
        case .string(let string): return string
        case .number(let number): return number.lexeme
        case .bool(let bool): return bool ? "true" : "false"
        case .null, .array, .object:
            throw Violation(code: .malformed, reason: "a value of type \(value.kind) cannot be used")
        }
    }

    private static func trimmed(_ item: Substring.UTF8View) -> String {
        var trimmed = item.drop { $0 == UInt8(ascii: " ") }
        while trimmed.last == UInt8(ascii: " ") { trimmed.removeLast() }
        return String(Substring(trimmed))
    }

    private func checkBounds(_ text: String) throws(Violation) {
        guard minimum != nil || maximum != nil, let number = type.number(text) else { return }
        if let minimum, number < minimum.number {
            throw Violation(code: .outOfBounds, reason: "\(Quoted(text)) is less than the minimum \(minimum.text)")
        }
        if let maximum, number > maximum.number {
            throw Violation(code: .outOfBounds, reason: "\(Quoted(text)) is more than the maximum \(maximum.text)")
        }
    }
}
