/// What a part of a catalog document may look like, as data.
indirect enum Shape: Sendable {
    /// What happens to members that are not listed.
    enum Others: Sendable {
        /// They are errors.
        case refused
        /// They are allowed and not looked at.
        case allowed
        /// They are warnings, since a newer Kubernetes may know them.
        case doubtful
    }

    /// A member of an object.
    struct Member: Sendable {
        let name: String
        let shape: Shape
        let isRequired: Bool
    }

    /// Anything.
    case any
    /// A string.
    case string
    /// `true` or `false`.
    case boolean
    /// A whole number.
    case integer
    /// A string, a number or a boolean.
    case scalar
    /// One of several strings.
    case choice([String])
    /// An object with known members.
    case object([Member], others: Others)
    /// An object whose members have names of the author's choice.
    case map(Shape)
    /// An array.
    case list(Shape)
    /// An array, or a string with a reference that stands for one.
    case listOrReference(Shape)
    /// One of two shapes; the first when the value is of the first's type.
    case either(Shape, Shape)

    /// What can be chosen by a parameter: a shape, or a choice whose cases have it or are lists of it.
    case chosen(Shape)

    /// What is expected, as a phrase for messages.
    var expectation: String {
        switch self {
        case .any: "a value"
        case .string: "a string"
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .scalar: "a string, a number or a boolean"
        case .choice(let values): "one of " + values.joined(separator: ", ")
        case .object, .map: "an object"
        case .list: "a list"
        case .listOrReference: "a list or a reference to one"
        case .chosen(let shape): shape.expectation
        case .either(let first, let second): "\(first.expectation) or \(second.expectation)"
        }
    }

    /// An object none of whose members is required.
    static func object(_ members: KeyValuePairs<String, Shape>, others: Others = .refused) -> Shape {
        object(required: [:], members, others: others)
    }

    /// An object.
    static func object(
        required: KeyValuePairs<String, Shape>,
        _ optional: KeyValuePairs<String, Shape> = [:],
        others: Others = .refused
    ) -> Shape {
        let members =
            required.map { Member(name: $0.key, shape: $0.value, isRequired: true) }
            + optional.map { Member(name: $0.key, shape: $0.value, isRequired: false) }
        return .object(members, others: others)
    }

    /// One of the raw values of an enumeration.
    static func choice<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type) -> Shape {
        .choice(type.allCases.map(\.rawValue))
    }
}
