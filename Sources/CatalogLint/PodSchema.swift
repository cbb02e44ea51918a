import JSON

/// The fields of containers and volumes, to full depth, as Kubernetes' OpenAPI definitions have them.
public enum PodSchema {
    /// The type of a field.
    indirect enum FieldType: Equatable, Sendable {
        case any, string, integer, boolean, number
        /// A quantity: a string or a number.
        case quantity
        /// A port: its number or its name.
        case port
        case list(FieldType)
        /// An object with names of the author's choice.
        case map(FieldType)
        /// An object of a named type.
        case object(String)
    }

    /// Something that the API server would not take.
    struct Problem {
        enum Kind {
            case unknownField(String, known: [String])
            case wrongType(expected: String)
        }

        let kind: Kind
        let pointer: JSONPointer
    }

    /// The fields of each type by name.
    static let types: [String: [String: FieldType]] = {
        var types: [String: [String: FieldType]] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let name = words.first else { continue }
            var fields: [String: FieldType] = [:]
            for word in words.dropFirst() {
                let parts = word.split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else { continue }
                fields[String(parts[0])] = fieldType(parts[1])
            }
            types[String(name)] = fields
        }
        return types
    }()

    private static func fieldType(_ text: Substring) -> FieldType {
        switch (text.first, text) {
        case ("[", _): .list(fieldType(text.dropFirst().dropLast()))
        case ("{", _): .map(fieldType(text.dropFirst().dropLast()))
        case (_, "any"): .any
        case (_, "string"): .string
        case (_, "integer"): .integer
        case (_, "boolean"): .boolean
        case (_, "number"): .number
        case (_, "quantity"): .quantity
        case (_, "port"): .port
        default: .object(String(text))
        }
    }

    /// What is wrong with an object of the type `name`, which stands at `pointer`.
    ///
    /// The nesting of a document is bounded by its reader, so this recurses. `null` stands for a field that is not set.
    static func problems(_ value: JSONValue, _ name: String, at pointer: JSONPointer) -> [Problem] {
        var problems: [Problem] = []
        check(value, .object(name), pointer, &problems)
        return problems
    }

    private static func check(
        _ value: JSONValue,
        _ type: FieldType,
        _ pointer: JSONPointer,
        _ problems: inout [Problem]
    ) {
        switch (type, value) {
        case (.any, _), (_, .null), (.string, .string), (.boolean, .bool), (.number, .number), (.quantity, .string),
            (.quantity, .number), (.port, .string):
            break
        case (.integer, .number(let number)) where number.integer != nil:
            break
        case (.port, .number(let number)) where number.integer != nil:
            break
        case (.list(let element), .array(let elements)):
            for (index, value) in elements.enumerated() {
                check(value, element, pointer.appending(index), &problems)
            }
        case (.map(let element), .object(let object)):
            for member in object.members {
                check(member.value, element, pointer.appending(member.key), &problems)
            }
        case (.object(let name), .object(let object)):
            guard let fields = types[name] else { break }
            for member in object.members {
                let place = pointer.appending(member.key)
                guard let field = fields[member.key] else {
                    let kind = Problem.Kind.unknownField(member.key, known: fields.keys.sorted())
                    problems.append(Problem(kind: kind, pointer: place))
                    continue
                }
                check(member.value, field, place, &problems)
            }
        default:
            problems.append(Problem(kind: .wrongType(expected: type.phrase), pointer: pointer))
        }
    }
}

extension PodSchema.FieldType {
    /// What is expected, for messages.
    fileprivate var phrase: String {
        switch self {
        case .any: "a value"
        case .string: "a string"
        case .integer: "a whole number"
        case .boolean: "true or false"
        case .number: "a number"
        case .quantity: "a quantity"
        case .port: "the number or the name of a port"
        case .list: "a list"
        case .map, .object: "an object"
        }
    }
}
