import JSON

extension Template {
    /// How many texts are told apart before they are all summed up as `*`.
    private static let maximumPatterns = 64

    /// What a string member of the template's object can become, with `*` where anything may stand.
    ///
    /// - Parameters:
    ///   - member: The key of the member, for example `image`.
    ///   - values: The only texts that a reference can stand for; nil for one that can stand for anything.
    /// - Returns: The texts in the order in which they are declared, each once; none when there is no such member.
    package func patterns(of member: String, values: (Reference) -> [String]?) -> [String] {
        guard let node = node(of: member) else { return [] }
        var seen: Set<String> = []
        return Self.patterns(of: node, values).filter { seen.insert($0).inserted }
    }

    private func node(of member: String) -> TemplateNode? {
        switch root {
        case .constant(let value):
            return value[member].map { .constant($0) }
        case .object(let object, let dynamic):
            return dynamic.first { $0.key == member }?.node ?? object[member].map { .constant($0) }
        default:
            return nil
        }
    }

    private static func patterns(of node: TemplateNode, _ values: (Reference) -> [String]?) -> [String] {
        switch node {
        case .constant(let value): value.string.map { [$0] } ?? []
        case .reference(let reference, _): values(reference) ?? ["*"]
        case .text(let parts, _): texts(of: parts, values)
        case .choice(_, let cases):
            cases.keys.sorted().flatMap { key in cases[key].map { patterns(of: $0, values) } ?? [] }
        case .array, .object, .spliced: []
        }
    }

    private static func texts(of parts: [TemplateNode.TextPart], _ values: (Reference) -> [String]?) -> [String] {
        var texts = [""]
        for part in parts {
            let endings: [String]
            switch part {
            case .literal(let literal): endings = [literal]
            case .reference(let reference): endings = values(reference) ?? ["*"]
            }
            guard texts.count * endings.count <= maximumPatterns else { return ["*"] }
            texts = texts.flatMap { text in endings.map { text + $0 } }
        }
        return texts
    }
}

extension Parameter {
    /// The only texts that the parameter takes, where they are listed; nil for what may be one of many.
    package var listedValues: [String]? {
        type == .enum ? rule.values : nil
    }
}
