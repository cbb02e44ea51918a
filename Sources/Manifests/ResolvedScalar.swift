import JSON

/// What a YAML scalar means to Kubernetes.
enum ResolvedScalar {
    case null
    case bool(Bool)
    /// A whole number with its spelling.
    case integer(Int64, spelling: String)
    /// A whole number above `Int64.max`, with its spelling.
    case unsigned(UInt64, spelling: String)
    /// Any other number with its spelling.
    case float(Double, spelling: String)
    case string(String)
}

extension ResolvedScalar {
    /// The scalar as a JSON value; nil for the numbers that JSON does not have (infinite and not a number).
    ///
    /// A spelling that JSON allows is kept, any other becomes what Go's `encoding/json` prints.
    var json: JSONValue? {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .integer(let value, let spelling):
            (JSONNumber(spelling) ?? JSONNumber(String(value))).map(JSONValue.number)
        case .unsigned(let value, let spelling):
            (JSONNumber(spelling) ?? JSONNumber(String(value))).map(JSONValue.number)
        case .float(let value, let spelling):
            value.isFinite
                ? (JSONNumber(spelling) ?? JSONNumber(GoNumberFormat.json(value))).map(JSONValue.number)
                : nil
        case .string(let text): .string(text)
        }
    }

    /// The scalar as a member name, as sigs.k8s.io/yaml converts it; nil where that refuses.
    var key: String? {
        switch self {
        case .null, .unsigned: nil
        case .bool(let bool): bool ? "true" : "false"
        case .integer(let value, _): String(value)
        case .float(let value, _): GoNumberFormat.key(value)
        case .string(let text): text
        }
    }
}
