import JSON

extension Shape {
    /// The shape as a JSON Schema (draft 2020-12), which accepts what the loader's check of shapes accepts.
    var jsonSchema: JSONValue {
        switch self {
        case .any: [:]
        case .string: ["type": "string"]
        case .boolean: ["type": "boolean"]
        case .integer: ["type": "integer"]
        case .scalar: ["type": ["string", "number", "boolean"]]
        case .choice(let values): ["enum": .array(values.map { .string($0) })]
        case .map(let shape): ["type": "object", "additionalProperties": shape.jsonSchema]
        case .list(let shape): ["type": "array", "items": shape.jsonSchema]
        case .listOrReference(let shape): ["anyOf": [Shape.list(shape).jsonSchema, Self.reference]]
        case .either(let first, let second): ["anyOf": [first.jsonSchema, second.jsonSchema]]
        case .chosen(let shape): ["anyOf": [shape.jsonSchema, Self.choice]]
        case .object(let members, let others): Self.schema(of: members, others)
        }
    }

    /// A string with a reference in it.
    private static let reference: JSONValue = ["type": "string", "pattern": "\\$\\("]

    /// An object whose only member is a reference, below which the cases stand.
    private static let choice: JSONValue = [
        "type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false,
        "patternProperties": ["^\\$\\(": ["type": "object"]],
    ]

    private static func schema(of members: [Member], _ others: Others) -> JSONValue {
        var properties = JSONObject()
        for member in members {
            properties[member.name] = member.shape.jsonSchema
        }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = members.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { schema["required"] = .array(required) }
        if others == .refused { schema["additionalProperties"] = false }
        return .object(schema)
    }
}
