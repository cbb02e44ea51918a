import JSON

/// Compares a document with a shape and reports what differs.
struct ShapeChecker {
    /// What was found so far.
    private(set) var findings: DocumentFindings

    init(_ findings: DocumentFindings) {
        self.findings = findings
    }

    /// Checks `value`, which stands at `pointer`.
    ///
    /// The nesting of a document is bounded by its reader, so this recurses.
    mutating func check(_ value: JSONValue, _ shape: Shape, at pointer: JSONPointer) {
        switch (shape, value) {
        case (.any, _), (.string, .string), (.boolean, .bool), (.scalar, .string), (.scalar, .number), (.scalar, .bool):
            break
        case (.integer, .number(let number)) where number.integer != nil:
            break
        case (.choice(let values), .string(let string)):
            checkChoice(string, values, pointer)
        case (.object(let members, let others), .object(let object)):
            check(object, members, others, pointer)
        case (.map(let shape), .object(let object)):
            for member in object.members {
                check(member.value, shape, at: pointer.appending(member.key))
            }
        case (.list(let shape), .array(let elements)), (.listOrReference(let shape), .array(let elements)):
            for (index, element) in elements.enumerated() {
                check(element, shape, at: pointer.appending(index))
            }
        case (.listOrReference, .string(let string)) where TemplateText(string).parts.contains(where: \.isReference):
            break
        case (.chosen(let shape), _):
            check(value, chosen: shape, pointer)
        case (.either(.string, _), .string): break
        case (.either(_, let second), .object): check(value, second, at: pointer)
        default:
            reportType(value, shape, pointer)
        }
    }

    private mutating func check(_ value: JSONValue, chosen shape: Shape, _ pointer: JSONPointer) {
        guard let choice = value.object.flatMap(TemplateCompiler.choice) else {
            return check(value, shape, at: pointer)
        }
        let place = pointer.appending(choice.key)
        for entry in choice.value.object?.members ?? [] {
            let isList = entry.value.array != nil
            check(entry.value, isList ? .list(.chosen(shape)) : .chosen(shape), at: place.appending(entry.key))
        }
    }

    private mutating func check(
        _ object: JSONObject,
        _ members: [Shape.Member],
        _ others: Shape.Others,
        _ pointer: JSONPointer
    ) {
        let names = members.map(\.name)
        for member in object.members {
            let place = pointer.appending(member.key)
            if let known = members.first(where: { $0.name == member.key }) {
                check(member.value, known.shape, at: place)
            } else if others != .allowed {
                reportUnknown(member.key, names, others, place)
            }
        }
        for member in members where member.isRequired && object[member.name] == nil {
            let message = "\(Self.subject(pointer)) has no \(Quoted(member.name))"
            findings.error(.missingField, message, hint: "expected \(member.shape.expectation)", at: pointer)
        }
    }

    private mutating func checkChoice(_ string: String, _ values: [String], _ pointer: JSONPointer) {
        guard !values.contains(string) else { return }
        let hint = Hint.choose(string, among: values, "allowed")
        findings.error(.invalidValue, "\(Self.subject(pointer)) is \(Quoted(string))", hint: hint, at: pointer)
    }

    private mutating func reportUnknown(
        _ name: String,
        _ names: [String],
        _ others: Shape.Others,
        _ pointer: JSONPointer
    ) {
        let hint = Hint.choose(name, among: names, "allowed fields")
        let isDoubtful = others == .doubtful
        findings.add(
            isDoubtful ? .warning : .error,
            isDoubtful ? .unknownContainerField : .unknownField,
            "unknown field \(Quoted(name))",
            hint: hint,
            at: pointer,
            isAboutName: true
        )
    }

    private mutating func reportType(_ value: JSONValue, _ shape: Shape, _ pointer: JSONPointer) {
        let message = "\(Self.subject(pointer)) is \(Self.article(value.kind)), not \(shape.expectation)"
        var hint = ""
        if case .string = shape, value.number != nil || value.bool != nil { hint = "put it in quotes" }
        if case .boolean = shape, value.string != nil { hint = "write true or false without quotes" }
        findings.error(.wrongType, message, hint: hint, at: pointer)
    }

    /// What a message is about: the last member name of a pointer, with the index behind it.
    static func subject(_ pointer: JSONPointer) -> String {
        guard let last = pointer.tokens.last else { return "the document" }
        guard Int(last) != nil, pointer.tokens.count > 1 else { return Quoted(last).description }
        return "\(Quoted(pointer.tokens[pointer.tokens.count - 2])) entry \(last)"
    }

    private static func article(_ kind: String) -> String {
        switch kind {
        case "null": "null"
        case "array": "a list"
        case "object": "an object"
        default: "a \(kind)"
        }
    }
}
