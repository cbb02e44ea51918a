public import JSON

/// A declared parameter of a sidecar: what `<sidecar>.pillion.dev/<parameter>` sets.
public struct Parameter: Sendable {
    /// How long a name may be: what fits behind the `/` of an annotation key.
    public static let maximumNameLength = 63

    /// The name.
    public let name: String
    /// What kind of values it takes.
    public let type: ParameterType
    /// What it is for; may be empty.
    public let description: String
    /// Whether every pod has to set it: it has no default, and is not only needed by a choice (`required: false`).
    public let isRequired: Bool
    /// The value of a pod that sets none; may refer to the pod and the application, never to other parameters.
    public let `default`: Template?
    /// The value of a constant default, checked; nil for another, and for one that is not as the rule says.
    package let checkedDefault: JSONValue?
    /// The rule for the value, or for each item of a list.
    let rule: ValueRule

    /// Makes a parameter and checks its default once for all pods.
    init(
        name: String,
        type: ParameterType,
        description: String,
        isRequired: Bool,
        default template: Template?,
        rule: ValueRule
    ) {
        self.name = name
        self.type = type
        self.description = description
        self.isRequired = isRequired
        self.default = template
        self.rule = rule
        self.checkedDefault = template?.constant.flatMap { try? Self.checked($0, type: type, rule: rule) }
    }

    /// A phrase that says what is allowed, such as `a whole number from 1 to 16`.
    public var allowed: String {
        type == .list
            ? "a comma-separated list of up to \(ValueRule.maximumItems) items, each \(rule.allowed)" : rule.allowed
    }

    /// The value that the text of an annotation stands for, with its type.
    public func value(from annotation: String) throws(ParameterError) -> JSONValue {
        do throws(ValueRule.Violation) {
            return type == .list ? try rule.list(annotation) : try rule.value(annotation)
        } catch {
            throw self.error(error)
        }
    }

    /// Checks a value that is not text, such as a default that was taken from the application's port.
    ///
    /// - Returns: The value with the parameter's type; a number given for a quantity becomes a string.
    public func checked(_ value: JSONValue) throws(ParameterError) -> JSONValue {
        do throws(ValueRule.Violation) {
            return try Self.checked(value, type: type, rule: rule)
        } catch {
            throw self.error(error)
        }
    }

    private static func checked(
        _ value: JSONValue,
        type: ParameterType,
        rule: ValueRule
    ) throws(ValueRule.Violation) -> JSONValue {
        guard type == .list else { return try rule.value(try ValueRule.text(of: value)) }
        guard case .array(let elements) = value else { return try rule.list(try ValueRule.text(of: value)) }
        return try rule.list(elements)
    }

    private func error(_ violation: ValueRule.Violation) -> ParameterError {
        ParameterError(
            code: violation.code,
            reason: violation.reason,
            parameter: name,
            allowed: allowed,
            suggestion: violation.suggestion
        )
    }
}
