public import JSON

/// A JSON tree with references in it, compiled once and rendered for each pod.
///
/// References are `$(params.NAME)`, `$(pod.…)` and `$(app.…)`; `$(VAR)` of Kubernetes, `${VAR}` of other tools and
/// anything after `$$` are left alone. A scalar that is exactly one reference takes the value with its type; inside a
/// longer string the value is written into the string. Substituted values are never looked at again and never change
/// the shape of the tree. Where only strings can stand (arguments, environment, annotations) every value becomes one.
/// Where the kubelet expands `$(VAR)` (`command`, `args`, `env` values, commands of probes, `subPathExpr`) every `$` of
/// a substituted value is doubled, so that the kubelet takes it for itself
/// (https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/).
public struct Template: Sendable {
    let root: TemplateNode
    /// What the template refers to.
    public let references: Set<Reference>

    /// Whether rendering always gives the same value.
    public var isConstant: Bool { references.isEmpty }

    /// The tree, when it is constant.
    public var constant: JSONValue? {
        guard case .constant(let value) = root else { return nil }
        return value
    }

    /// Makes a template without references.
    init(constant value: JSONValue) {
        root = .constant(value)
        references = []
    }

    /// Makes a template from its compiled tree.
    init(root: TemplateNode, references: Set<Reference>) {
        self.root = root
        self.references = references
    }

    /// Replaces every reference.
    ///
    /// - Parameter resolve: The value of a reference, with its type.
    /// - Returns: The tree; its constant parts are shared, not copied.
    /// - Throws: What `resolve` throws, or `notScalar` when a list or object would have to become part of a string.
    public func render(_ resolve: (Reference) throws(SubstitutionError) -> JSONValue) throws(SubstitutionError)
        -> JSONValue
    {
        try root.render(resolve)
    }
}
