import JSON

/// Compiles JSON trees to templates and says which references are wrong.
struct TemplateCompiler {
    /// A reference that is wrong.
    struct Issue {
        let isError: Bool
        let code: DiagnosticCode
        let message: String
        let hint: String
        let pointer: JSONPointer
    }

    /// The types of the parameters that may be referred to, by name; nil where parameters are not allowed at all.
    let parameters: [String: ParameterType]?
    /// The values among which a parameter chooses, by its name: those of an enum, and both of a boolean.
    let values: [String: [String]]
    /// What was wrong in all trees so far.
    private(set) var issues: [Issue] = []
    /// What all trees so far refer to.
    private(set) var references: Set<Reference> = []
    /// What all trees so far refer to whatever is chosen.
    private(set) var unconditional: Set<Reference> = []
    /// How many choices stand around what is compiled.
    var depth = 0

    init(parameters: [String: ParameterType]?, values: [String: [String]] = [:]) {
        self.parameters = parameters
        self.values = values
    }

    /// Compiles a tree that stands at `pointer` of its document.
    mutating func compile(_ value: JSONValue, as place: TemplatePlace, at pointer: JSONPointer) -> Template {
        let all = references
        references = []
        let root = node(value, place, pointer)
        let template = Template(root: root, references: references)
        references.formUnion(all)
        return template
    }

    /// Compiles a part of a tree.
    mutating func node(_ value: JSONValue, _ place: TemplatePlace, _ pointer: JSONPointer) -> TemplateNode {
        switch value {
        case .string(let string):
            return text(string, place, pointer)
        case .array(let elements):
            return array(elements, place, pointer)
        case .object(let object):
            return choice(object, place, pointer) ?? self.object(object, place, pointer)
        case .number(let number):
            return .constant(place.use == .typed ? value : .string(number.lexeme))
        case .bool(let bool):
            return .constant(place.use == .typed ? value : .string(bool ? "true" : "false"))
        case .null:
            return .constant(value)
        }
    }

    private mutating func array(_ elements: [JSONValue], _ place: TemplatePlace, _ pointer: JSONPointer) -> TemplateNode
    {
        var constants = elements
        var nodes: [TemplateNode] = []
        var dynamic: [TemplateNode.DynamicElement] = []
        var hasChoice = false
        for (index, element) in elements.enumerated() {
            let node = node(element, place.element, pointer.appending(index))
            nodes.append(node)
            if case .choice = node { hasChoice = true }
            if case .constant(let constant) = node {
                constants[index] = constant
            } else {
                dynamic.append(TemplateNode.DynamicElement(index: index, node: node))
            }
        }
        guard !hasChoice else { return .spliced(nodes) }
        return dynamic.isEmpty ? .constant(.array(constants)) : .array(constants, dynamic)
    }

    private mutating func object(_ object: JSONObject, _ place: TemplatePlace, _ pointer: JSONPointer) -> TemplateNode {
        var constants = object
        var dynamic: [TemplateNode.DynamicMember] = []
        for member in object.members {
            let pointer = pointer.appending(member.key)
            if TemplateText(member.key).parts.contains(where: \.isReference) {
                report(.misplacedReference, "a member name has a reference in it", "refer in values only", pointer)
            }
            let inner = place.member(member.key)
            let node = node(member.value, inner, pointer)
            if case .constant(let constant) = node {
                constants[member.key] = constant
            } else {
                let isOptional = inner == .environment || inner == .arguments
                dynamic.append(TemplateNode.DynamicMember(key: member.key, node: node, isOptional: isOptional))
            }
        }
        return dynamic.isEmpty ? .constant(.object(constants)) : .object(constants, dynamic)
    }

    private mutating func text(_ string: String, _ place: TemplatePlace, _ pointer: JSONPointer) -> TemplateNode {
        guard string.utf8.contains(UInt8(ascii: "$")) else { return .constant(.string(string)) }
        let source = TemplateText(string).parts
        var parts: [TemplateNode.TextPart] = []
        for part in source {
            switch part {
            case .literal(let literal):
                parts.append(.literal(literal))
            case .reference(let name):
                guard let reference = resolve(name, pointer) else { continue }
                checkList(reference, isAlone: source.count == 1 && place.takesList, pointer)
                insert(reference)
                parts.append(.reference(reference))
            case .unclosed(let text):
                report(.unknownReference, "the reference \(Quoted(text)) is not closed", "add ')'", pointer)
            case .suspicious(let name, let head):
                let hint = "a reference begins with '$(\(head).'; write '$$(\(name))' when it is meant literally"
                report(.unknownReference, "'$(\(name))' is left alone", hint, pointer, isError: false)
                parts.append(.literal("$(\(name))"))
            }
        }
        if case .reference(let reference)? = parts.first, source.count == 1 { return .reference(reference, place.use) }
        let isConstant = parts.allSatisfy { if case .literal = $0 { true } else { false } }
        return isConstant ? .constant(.string(string)) : .text(parts, place.use)
    }

    /// Notes a reference.
    mutating func insert(_ reference: Reference) {
        references.insert(reference)
        if depth == 0 { unconditional.insert(reference) }
    }

    /// The reference that a name stands for; a wrong one is reported.
    mutating func resolve(_ name: String, _ pointer: JSONPointer) -> Reference? {
        if let known = Reference.context.first(where: { $0.name == name }) { return known.reference }
        let prefix = "params."
        guard name.hasPrefix(prefix) else {
            let names = Reference.context.map(\.name)
            let hint = Hint.nearest(name, among: names) ?? "known are \(names.joined(separator: ", ")) and params.NAME"
            report(.unknownReference, "'$(\(name))' does not exist", hint, pointer)
            return nil
        }
        guard let parameters else {
            report(
                .misplacedReference,
                "'$(\(name))' refers to a parameter",
                "a default may only refer to pod. and app.",
                pointer
            )
            return nil
        }
        let parameter = String(name.dropFirst(prefix.count))
        guard parameters[parameter] != nil else {
            let names = parameters.keys.sorted()
            let hint = Hint.nearest(parameter, among: names) ?? Hint.list("declared parameters", names)
            report(.unknownReference, "parameter \(Quoted(parameter)) is not declared", hint, pointer)
            return nil
        }
        return .parameter(parameter)
    }

    private mutating func checkList(_ reference: Reference, isAlone: Bool, _ pointer: JSONPointer) {
        guard case .parameter(let name) = reference, parameters?[name] == .list, !isAlone else { return }
        let hint = "a list can stand alone where a list is expected, such as 'args: \(reference)'"
        report(.misplacedReference, "\(reference) is a list and cannot be part of a string", hint, pointer)
    }

    /// Notes that something is wrong.
    mutating func report(
        _ code: DiagnosticCode,
        _ message: String,
        _ hint: String,
        _ pointer: JSONPointer,
        isError: Bool = true
    ) {
        issues.append(Issue(isError: isError, code: code, message: message, hint: hint, pointer: pointer))
    }
}
