import JSON

extension CEL {
    /// An expression for a JSON tree, from which the API server makes the same tree again.
    static func value(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let bool): bool ? "true" : "false"
        case .number(let number): self.number(number)
        case .string(let text): quoted(text)
        case .array(let elements): "[\(uniform(elements).joined(separator: ", "))]"
        case .object(let object):
            "{\(zip(object.members, uniform(object.members.map(\.value))).map { "\(quoted($0.key)): \($1)" }.joined(separator: ", "))}"
        }
    }

    /// Expressions for values that are of one type: their own, or that of `dyn()`.
    private static func uniform(_ values: [JSONValue]) -> [String] {
        let types = Set(values.map(type))
        return values.map { types.count > 1 ? "dyn(\(value($0)))" : value($0) }
    }

    /// The type that the compiler gives to the expression for a value.
    private static func type(of value: JSONValue) -> String {
        switch value {
        case .null, .bool, .string: value.kind.description
        case .number(let number): isInteger(number) ? "int" : "double"
        case .array(let elements): "list(\(element(elements)))"
        case .object(let object): "map(\(element(object.members.map(\.value))))"
        }
    }

    private static func element(_ values: [JSONValue]) -> String {
        let types = Set(values.map(type))
        guard types.count == 1, let type = types.first else { return "dyn" }
        return type
    }

    /// Whether a number is exact as an integer, also as a `double`, in which JSON Patch carries it.
    private static func isInteger(_ number: JSONNumber) -> Bool {
        number.integer.map { $0.magnitude <= 1 << 53 } ?? false
    }

    private static func number(_ number: JSONNumber) -> String {
        if isInteger(number), let integer = number.integer { return String(integer) }
        let lexeme = number.lexeme
        return lexeme.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
            ? lexeme : "\(lexeme).0"
    }
}
