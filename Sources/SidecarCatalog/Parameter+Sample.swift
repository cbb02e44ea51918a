package import JSON

extension Parameter {
    /// A value that the parameter takes, for rendering without a pod: the first allowed or the smallest one, where there
    /// is such; nil for what may be anything.
    package var sample: JSONValue? {
        guard type != .list, let text = rule.values.first ?? rule.minimum?.text else { return nil }
        return try? rule.value(text)
    }
}
