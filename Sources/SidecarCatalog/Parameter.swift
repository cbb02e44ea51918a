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
    /// Whether a pod has to set it, because it has no default.
    public let isRequired: Bool
    /// The value of a pod that sets none; may refer to the pod and the application, never to other parameters.
    public let `default`: Template?
    /// The rule for the value, or for each item of a list.
    let rule: ValueRule

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
            guard type == .list else { return try rule.value(try ValueRule.text(of: value)) }
            guard case .array(let elements) = value else { return try rule.list(try ValueRule.text(of: value)) }
            return try rule.list(elements)
        } catch {
            throw self.error(error)
        }
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
