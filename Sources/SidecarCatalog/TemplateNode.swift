import JSON

/// A part of a compiled template.
indirect enum TemplateNode: Sendable {
    /// What becomes of a substituted value.
    enum Use: Sendable {
        /// It keeps its type.
        case typed
        /// It becomes a string.
        case text
        /// It becomes a string whose `$` are doubled, since the kubelet expands it.
        case expanded
    }

    /// A part of a string.
    enum TextPart: Sendable {
        case literal(String)
        case reference(Reference)
    }

    /// An element of an array that has references below it.
    struct DynamicElement: Sendable {
        let index: Int
        let node: TemplateNode
    }

    /// A member of an object that has references below it.
    struct DynamicMember: Sendable {
        let key: String
        let node: TemplateNode
        /// Whether the member is left out when it is an empty list, which says the same to Kubernetes.
        let isOptional: Bool
    }

    case constant(JSONValue)
    case reference(Reference, Use)
    case text([TextPart], Use)
    /// An array as it was written, and the elements to replace in it.
    case array([JSONValue], [DynamicElement])
    /// An object as it was written, and the members to replace in it.
    case object(JSONObject, [DynamicMember])
    /// A list some elements of which are choices, whose lists take their place.
    case spliced([TemplateNode])
    /// What stands for the value of a parameter, by the text of that value.
    case choice(Reference, [String: TemplateNode])

    /// The part with every reference replaced.
    func render(_ resolve: (Reference) throws(SubstitutionError) -> JSONValue) throws(SubstitutionError) -> JSONValue {
        switch self {
        case .constant(let value):
            return value
        case .reference(let reference, let use):
            return try Self.adapt(try resolve(reference), to: use, from: reference)
        case .text(let parts, let use):
            return .string(try Self.interpolate(parts, use, resolve))
        case .array(var elements, let dynamic):
            for element in dynamic where elements.indices.contains(element.index) {
                elements[element.index] = try element.node.render(resolve)
            }
            return .array(elements)
        case .object(var object, let dynamic):
            for member in dynamic {
                let value = try member.node.render(resolve)
                object[member.key] = member.isOptional && value == [] ? Optional.none : value
            }
            return .object(object)
        case .spliced(let nodes):
            return .array(try Self.splice(nodes, resolve))
        case .choice(let reference, let cases):
            let value = try Self.text(try resolve(reference), .text, from: reference)
            guard let chosen = cases[value] else {
                let reason = "\(Quoted(value)) is none of the cases of \(reference)"
                throw SubstitutionError(code: .refused, reason: reason, reference: reference)
            }
            return try chosen.render(resolve)
        }
    }

    private static func splice(
        _ nodes: [TemplateNode],
        _ resolve: (Reference) throws(SubstitutionError) -> JSONValue
    ) throws(SubstitutionError) -> [JSONValue] {
        var elements: [JSONValue] = []
        for node in nodes {
            let value = try node.render(resolve)
            if case .choice = node, case .array(let several) = value {
                elements += several
            } else {
                elements.append(value)
            }
        }
        return elements
    }

    private static func interpolate(
        _ parts: [TextPart],
        _ use: Use,
        _ resolve: (Reference) throws(SubstitutionError) -> JSONValue
    ) throws(SubstitutionError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .literal(let literal): text += literal
            case .reference(let reference): text += try Self.text(try resolve(reference), use, from: reference)
            }
        }
        return text
    }

    /// A value that stands alone; the elements of a list are adapted one by one.
    private static func adapt(
        _ value: JSONValue,
        to use: Use,
        from reference: Reference
    ) throws(SubstitutionError) -> JSONValue {
        guard use != .typed else { return value }
        guard case .array(let elements) = value else { return .string(try text(value, use, from: reference)) }
        var strings: [JSONValue] = []
        for element in elements {
            strings.append(.string(try text(element, use, from: reference)))
        }
        return .array(strings)
    }

    private static func text(
        _ value: JSONValue,
        _ use: Use,
        from reference: Reference
    ) throws(SubstitutionError) -> String {
        switch value {
        case .string(let string): return use == .expanded ? doublingDollars(string) : string
        case .number(let number): return number.lexeme
        case .bool(let bool): return bool ? "true" : "false"
        case .null, .array, .object:
            let reason = "\(reference) is of type \(value.kind), which cannot be part of a string"
            throw SubstitutionError(code: .notScalar, reason: reason, reference: reference)
        }
    }

    private static func doublingDollars(_ string: String) -> String {
        guard string.utf8.contains(UInt8(ascii: "$")) else { return string }
        var doubled = ""
        for scalar in string.unicodeScalars {
            if scalar == "$" { doubled.unicodeScalars.append(scalar) }
            doubled.unicodeScalars.append(scalar)
        }
        return doubled
    }
}
