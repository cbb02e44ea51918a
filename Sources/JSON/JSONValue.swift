/// A JSON value (RFC 8259) that keeps what a document said: the order of members and the spelling of numbers.
///
/// Values are compared as documents: strings and member names by their bytes (no Unicode normalisation), numbers by
/// their value where both are integers and by their spelling otherwise, objects without regard to member order
/// (RFC 6902 section 4.6).
public enum JSONValue: Sendable {
    /// The literal `null`.
    case null
    /// One of the literals `true` and `false`.
    case bool(Bool)
    /// A number, as it was spelled.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object with its members in order.
    case object(JSONObject)
}

extension JSONValue: Equatable {
    /// Whether two values are the same document.
    public static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}

extension JSONValue {
    /// The string, when the value is one.
    @inlinable
    public var string: String? {
        if case .string(let string) = self { string } else { nil }
    }

    /// The boolean, when the value is one.
    @inlinable
    public var bool: Bool? {
        if case .bool(let bool) = self { bool } else { nil }
    }

    /// The number, when the value is one.
    @inlinable
    public var number: JSONNumber? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The integer, when the value is a number that is one and fits.
    @inlinable
    public var integer: Int? {
        number?.integer
    }

    /// The elements, when the value is an array.
    @inlinable
    public var array: [JSONValue]? {
        if case .array(let array) = self { array } else { nil }
    }

    /// The members, when the value is an object.
    @inlinable
    public var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }

    /// Whether the value is `null`.
    @inlinable
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The member named `key`, or nil when the value is no object or has no such member.
    @inlinable
    public subscript(key: String) -> JSONValue? {
        object?[key]
    }

    /// The element at `index`, or nil when the value is no array or has no such element.
    @inlinable
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let array) = self, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// What kind of value it is, in JSON's words: `null`, `boolean`, `number`, `string`, `array` or `object`.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// A number that is the integer `value`.
    public static func integer(_ value: Int) -> JSONValue {
        .number(JSONNumber(value))
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
    /// Makes a string.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// Makes a boolean.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// Makes an integer.
    public init(integerLiteral value: Int) {
        self = .integer(value)
    }
}

extension JSONValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral {
    /// Makes an array.
    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// Makes an object; of equal keys the last one wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements {
            object[key] = value
        }
        self = .object(object)
    }

    /// Makes `null`.
    public init(nilLiteral: ()) {
        self = .null
    }
}
