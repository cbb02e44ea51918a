import JSON

extension TemplateCompiler {
    /// A choice: an object whose only member is named by one reference to an enum or a boolean, and holds a case for
    /// each of its values.
    ///
    /// As an element of a list a case that is a list takes the place of the element. Thus a parameter can change the
    /// shape of a file, of an environment and of arguments, in the ways that the catalog spells out and in no other.
    ///
    /// - Returns: Nil when the object is none, or none can stand here.
    mutating func choice(_ object: JSONObject, _ place: TemplatePlace, _ pointer: JSONPointer) -> TemplateNode? {
        guard place.takesChoice, let member = Self.choice(in: object) else { return nil }
        let pointer = pointer.appending(member.key)
        guard case .reference(let name)? = TemplateText(member.key).parts.first,
            let reference = resolve(name, pointer)
        else { return .constant(.null) }
        guard case .parameter(let parameter) = reference, let values = values[parameter] else {
            let hint = "choose by a parameter of type enum or boolean"
            report(.misplacedReference, "\(reference) has no list of values to choose by", hint, pointer)
            return .constant(.null)
        }
        guard let cases = member.value.object else {
            report(.wrongType, "the cases of \(reference) are not an object", "give one for each value", pointer)
            return .constant(.null)
        }
        insert(reference)
        checkCases(cases.keys, of: reference, values, pointer)
        depth += 1
        var nodes: [String: TemplateNode] = [:]
        for entry in cases.members {
            nodes[entry.key] = branch(entry.value, place, pointer.appending(entry.key))
        }
        depth -= 1
        return .choice(reference, nodes)
    }

    /// A case stands where the choice does, or is a list of what stands there.
    private mutating func branch(_ value: JSONValue, _ place: TemplatePlace, _ pointer: JSONPointer) -> TemplateNode {
        guard case .array(let elements) = value, place.element != place else { return node(value, place, pointer) }
        return .spliced(elements.enumerated().map { node($0.element, place, pointer.appending($0.offset)) })
    }

    private mutating func checkCases(
        _ cases: [String],
        of reference: Reference,
        _ values: [String],
        _ pointer: JSONPointer
    ) {
        for key in cases where !values.contains(key) {
            let hint = Hint.choose(key, among: values, "values")
            report(.unknownField, "\(reference) is never \(Quoted(key))", hint, pointer.appending(key))
        }
        let missing = values.filter { !cases.contains($0) }
        guard !missing.isEmpty else { return }
        let hint = "add \(missing.joined(separator: ", "))"
        report(.missingField, "the choice by \(reference) has no case for each value", hint, pointer)
    }

    /// The only member of an object, when its name is one reference.
    static func choice(in object: JSONObject) -> JSONObject.Member? {
        guard object.count == 1, let member = object.first, TemplateText(member.key).isOneReference else { return nil }
        return member
    }
}
