import JSON

/// Fields that keep the value they have when they are absent or wrong.
extension BootstrapDecoder {
    /// A boolean.
    mutating func read(_ node: ConfigurationNode?, into value: inout Bool) {
        value = bool(node, standard: value)
    }

    /// A string, which may be empty.
    mutating func read(_ node: ConfigurationNode?, into value: inout String) {
        if let node, let string = string(node) { value = string }
    }

    /// An integer in `range`.
    mutating func read(_ node: ConfigurationNode?, in range: ClosedRange<Int>, into value: inout Int) {
        if let node, let integer = integer(node, in: range) { value = integer }
    }

    /// An integer in `range` whose absence is nil.
    mutating func read(_ node: ConfigurationNode?, in range: ClosedRange<Int>, into value: inout Int?) {
        if let node, let integer = integer(node, in: range) { value = integer }
    }

    /// A `type.v3.Percent`.
    mutating func readPercent(_ node: ConfigurationNode?, into value: inout Double) {
        guard let node, let message = message(node, .percent) else { return }
        guard let field = message["value"] else {
            value = 0
            return
        }
        guard let number = Self.double(field.value) else {
            report(.wrongType, field.pointer, "must be a number")
            return
        }
        guard number >= 0, number <= 100 else {
            report(.invalidValue, field.pointer, "is not in 0 to 100")
            return
        }
        value = number
    }

    /// One of an enumeration's names, or one of `others`, which mean the value beside them.
    mutating func read<Choice: RawRepresentable & CaseIterable>(
        _ node: ConfigurationNode?,
        into value: inout Choice,
        others: KeyValuePairs<String, Choice> = [:],
        unsupported: [String] = []
    ) where Choice.RawValue == String {
        guard let node else { return }
        let names = Choice.allCases.map(\.rawValue)
        guard let name = choice(node, names + others.map(\.key), unsupported: unsupported) else { return }
        value = Choice(rawValue: name) ?? others.first { $0.key == name }?.value ?? value
    }

    /// A duration of which 0 means none.
    mutating func readTimeout(_ node: ConfigurationNode?, into value: inout Duration?) {
        value = timeout(node, standard: value)
    }

    /// A duration; a `minimum` above 0 is the shortest that is allowed.
    mutating func read(_ node: ConfigurationNode?, atLeast minimum: Duration = .zero, into value: inout Duration) {
        guard let node, let duration = duration(node) else { return }
        guard duration >= minimum else {
            let wanted = minimum < .milliseconds(1) ? "longer than 0s" : "at least 0.001s"
            report(.invalidValue, node.pointer, "must be \(wanted)")
            return
        }
        value = duration
    }

    /// A duration longer than 0 s whose absence is nil.
    mutating func read(_ node: ConfigurationNode?, atLeast minimum: Duration, into value: inout Duration?) {
        var duration = value ?? minimum
        guard node != nil else { return }
        read(node, atLeast: minimum, into: &duration)
        value = duration
    }

    /// The one that is given of some fields that exclude each other.
    mutating func oneOf(
        _ names: [String],
        in message: ConfigurationMessage,
        isRequired: Bool = false
    ) -> (name: String, node: ConfigurationNode)? {
        let given = names.compactMap { name in message[name].map { (name: name, node: $0) } }
        if isRequired, given.isEmpty {
            let last = names.last ?? ""
            let all = names.count > 1 ? "\(names.dropLast().joined(separator: ", ")) or \(last)" : last
            report(.missing, message.pointer, "\(all) is missing")
        }
        if given.count > 1 {
            report(.duplicate, given[1].node.pointer, "give either \(given[0].name) or \(given[1].name)")
        }
        return given.first
    }

    /// A field that must be there.
    mutating func required(_ field: String, in message: ConfigurationMessage) -> ConfigurationNode? {
        guard let node = message[field] else {
            report(.missing, message.pointer, "\(field) is missing")
            return nil
        }
        return node
    }

    /// The strings of a list, none of them empty.
    mutating func names(_ node: ConfigurationNode?) -> [String] {
        list(node) { decoder, element in
            guard let string = decoder.string(element) else { return nil }
            guard !string.isEmpty else {
                decoder.report(.invalidValue, element.pointer, "must not be empty")
                return nil
            }
            return string
        }
    }

    /// A field that says what is so anyway: only `expected` is allowed.
    mutating func expect(_ node: ConfigurationNode?, _ expected: Bool, _ reason: String) {
        guard let node, bool(node, standard: expected) != expected else { return }
        report(.unsupported, node.pointer, reason)
    }

    private static func double(_ value: JSONValue) -> Double? {
        if let number = value.number { return number.double }
        return value.string.flatMap { Double($0) }
    }
}
