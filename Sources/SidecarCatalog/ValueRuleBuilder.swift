import JSON

/// Makes the rule for a parameter's value, or for each item of a list.
struct ValueRuleBuilder {
    /// The type of the value.
    let type: ParameterType
    /// The declaration with `minimum`, `maximum`, `pattern` and `values`.
    let value: JSONValue
    /// Where the declaration stands.
    let pointer: JSONPointer

    /// The rule; what is wrong with it is reported and left out.
    func build(_ findings: inout DocumentFindings) -> ValueRule {
        var rule = ValueRule(type: type)
        rule.minimum = bound("minimum", &findings)
        rule.maximum = bound("maximum", &findings)
        if let minimum = rule.minimum, let maximum = rule.maximum, minimum.number > maximum.number {
            let message = "the minimum \(minimum.text) is more than the maximum \(maximum.text)"
            findings.error(.invalidParameter, message, at: pointer.appending("minimum"))
        }
        rule.pattern = pattern(&findings)
        rule.values = values(&findings)
        return rule
    }

    private func bound(_ field: String, _ findings: inout DocumentFindings) -> ValueRule.Bound? {
        guard let text = value[field].flatMap(Self.text) else { return nil }
        let place = pointer.appending(field)
        guard type.isOrdered else {
            findings.nameError(.invalidParameter, "a value of type \(type.rawValue) has no \(field)", at: place)
            return nil
        }
        let isTyped = (try? ValueRule(type: type).typed(text)) != nil
        guard isTyped, let number = type.number(text) else {
            let hint = "expected \(ValueRule(type: type).allowed)"
            findings.error(
                .invalidParameter,
                "the \(field) \(Quoted(text)) is not of type \(type.rawValue)",
                hint: hint,
                at: place
            )
            return nil
        }
        return ValueRule.Bound(text: text, number: number)
    }

    private func pattern(_ findings: inout DocumentFindings) -> Pattern? {
        guard let text = value["pattern"]?.string else { return nil }
        let place = pointer.appending("pattern")
        guard type.takesPattern else {
            findings.nameError(.invalidParameter, "a value of type \(type.rawValue) has no pattern", at: place)
            return nil
        }
        do throws(PatternError) {
            return try Pattern(text)
        } catch {
            let message = "the pattern \(Quoted(text)) cannot be used: \(error.reason) (character \(error.offset + 1))"
            findings.error(.invalidParameter, message, at: place)
            return nil
        }
    }

    private func values(_ findings: inout DocumentFindings) -> [String] {
        let place = pointer.appending("values")
        let values = value["values"]?.array?.compactMap(Self.text) ?? []
        guard type == .enum else {
            if value["values"] != nil {
                findings.nameError(.invalidParameter, "only an enum has values", hint: "write 'type: enum'", at: place)
            }
            return []
        }
        guard !values.isEmpty else {
            findings.error(.invalidParameter, "an enum has no values", hint: "list them in 'values'", at: place)
            return []
        }
        var seen: Set<String> = []
        for (index, text) in values.enumerated() where !seen.insert(text).inserted {
            let message = "the value \(Quoted(text)) is listed twice"
            let isWord = value["values"]?[index]?.bool != nil
            let hint = isWord ? "YAML reads words such as y, on and yes as true: put them in quotes" : "remove one"
            findings.error(.invalidParameter, message, hint: hint, at: place.appending(index))
        }
        return values
    }

    private static func text(_ value: JSONValue) -> String? {
        try? ValueRule.text(of: value)
    }
}
