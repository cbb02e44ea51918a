import JSON

/// What a scalar value has to look like: a type with its bounds.
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

    let type: ParameterType
    var values: [String] = []

    /// The value that `text` stands for.
    func value(_ text: String) throws(Violation) -> JSONValue {
        .string(text)
    }

    func list(_ text: String) throws(Violation) -> JSONValue { .string(text) }
    func list(_ values: [JSONValue]) throws(Violation) -> JSONValue { .array(values) }
    static func text(of value: JSONValue) throws(Violation) -> String { value.string ?? value.compactText }
    var allowed: String { type.rawValue }
}
