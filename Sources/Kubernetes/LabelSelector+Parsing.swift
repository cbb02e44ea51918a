package import JSON

extension LabelSelector {
    /// How many requirements a selector may have, and values a requirement.
    package static let maximumCount = 256

    /// Reads a selector as the API server would.
    ///
    /// - Parameters:
    ///   - json: An object with `matchLabels` and `matchExpressions`, both of which may be absent.
    ///   - location: Where the selector stands, which the locations of errors begin with.
    /// - Throws: The part that is wrong. Members with other names are an error: a selector with a misspelt part would
    ///   mean more objects than its author wanted.
    package init(json: JSONValue, at location: JSONPointer = JSONPointer()) throws(KubernetesError) {
        guard case .object(let object) = json else {
            throw .wrongType(json, expected: "a label selector", at: location)
        }
        var requirements: [Requirement] = []
        for member in object {
            let place = location.appending(member.key)
            switch member.key {
            case "matchLabels": requirements.insert(contentsOf: try Self.labels(member.value, at: place), at: 0)
            case "matchExpressions": requirements += try Self.expressions(member.value, at: place)
            default:
                let reason = "\(place) is unknown; a label selector has matchLabels and matchExpressions"
                throw KubernetesError(.unknownMember, reason, at: place)
            }
        }
        guard requirements.count <= Self.maximumCount else {
            throw KubernetesError(.tooMany, "\(location) has more than \(Self.maximumCount) conditions", at: location)
        }
        self.init(requirements: requirements)
    }

    private static func labels(_ json: JSONValue, at location: JSONPointer) throws(KubernetesError) -> [Requirement] {
        guard !json.isNull else { return [] }
        guard let labels = json.object else { throw .wrongType(json, expected: "an object", at: location) }
        var requirements: [Requirement] = []
        for label in labels.prefix(maximumCount + 1) {
            let place = location.appending(label.key)
            try checkKey(label.key, at: place)
            requirements.append(Requirement(key: label.key, operator: .in, values: [try value(label.value, at: place)]))
        }
        return requirements
    }

    private static func expressions(
        _ json: JSONValue,
        at location: JSONPointer
    ) throws(KubernetesError) -> [Requirement] {
        guard !json.isNull else { return [] }
        guard let expressions = json.array else { throw .wrongType(json, expected: "an array", at: location) }
        var requirements: [Requirement] = []
        for (index, expression) in expressions.prefix(maximumCount + 1).enumerated() {
            requirements.append(try requirement(expression, at: location.appending(index)))
        }
        return requirements
    }

    private static func requirement(_ json: JSONValue, at location: JSONPointer) throws(KubernetesError) -> Requirement
    {
        guard let object = json.object else { throw .wrongType(json, expected: "an object", at: location) }
        if let stranger = object.first(where: { !["key", "operator", "values"].contains($0.key) }) {
            let place = location.appending(stranger.key)
            throw KubernetesError(.unknownMember, "\(place) is unknown; use key, operator and values", at: place)
        }
        let key = try text("key", of: object, at: location)
        try checkKey(key, at: location.appending("key"))
        let name = try text("operator", of: object, at: location)
        guard let comparison = Operator(rawValue: name) else {
            let names = Operator.allCases.map(\.rawValue).joined(separator: ", ")
            let reason = "\(Excerpt.quote(name)) is no operator; use one of \(names)"
            throw KubernetesError(.invalid, reason, at: location.appending("operator"))
        }
        let values = try values(object["values"] ?? .null, at: location.appending("values"))
        guard values.isEmpty != comparison.takesValues else {
            let rule = comparison.takesValues ? "needs at least one value" : "takes no values"
            let reason = "the operator \(comparison.rawValue) \(rule)"
            throw KubernetesError(.invalid, reason, at: location.appending("values"))
        }
        return Requirement(key: key, operator: comparison, values: values)
    }

    private static func values(_ json: JSONValue, at location: JSONPointer) throws(KubernetesError) -> [String] {
        guard !json.isNull else { return [] }
        guard let array = json.array else { throw .wrongType(json, expected: "an array", at: location) }
        guard array.count <= maximumCount else {
            throw KubernetesError(.tooMany, "\(location) has more than \(maximumCount) values", at: location)
        }
        var values: [String] = []
        for (index, element) in array.enumerated() {
            values.append(try value(element, at: location.appending(index)))
        }
        return values
    }

    private static func text(
        _ member: String,
        of object: JSONObject,
        at location: JSONPointer
    ) throws(KubernetesError) -> String {
        let place = location.appending(member)
        guard let json = object[member], !json.isNull else {
            throw KubernetesError(.missing, "\(location) has no \(member)", at: place)
        }
        guard let text = json.string else { throw .wrongType(json, expected: "a string", at: place) }
        return text
    }

    private static func checkKey(_ key: String, at location: JSONPointer) throws(KubernetesError) {
        guard KubernetesName.isQualified(key) else {
            throw KubernetesError(.invalid, "\(Excerpt.quote(key)) is not the key of a label", at: location)
        }
    }

    private static func value(_ json: JSONValue, at location: JSONPointer) throws(KubernetesError) -> String {
        guard let value = json.string else { throw .wrongType(json, expected: "a string", at: location) }
        guard KubernetesName.isLabelValue(value) else {
            throw KubernetesError(.invalid, "\(Excerpt.quote(value)) is not the value of a label", at: location)
        }
        return value
    }
}
