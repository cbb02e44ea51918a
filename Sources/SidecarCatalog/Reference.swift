/// What a template refers to by `$(...)`.
public enum Reference: Hashable, Sendable {
    /// `$(params.NAME)`: a declared parameter.
    case parameter(String)
    /// `$(pod.namespace)`: the namespace of the pod, a string.
    case podNamespace
    /// `$(pod.serviceAccount)`: the name of the pod's service account, a string.
    case podServiceAccount
    /// `$(app.container)`: the name of the application's first container, a string.
    case appContainer
    /// `$(app.port)`: the first port of the application's containers, a number.
    case appPort
    /// `$(app.runAsUser)`: the user the application runs as, a number.
    case appRunAsUser
    /// `$(app.runAsGroup)`: the group the application runs as, a number.
    case appRunAsGroup

    /// The references that need no declaration, by what stands between the parentheses.
    static let context: [(name: String, reference: Reference)] = [
        ("pod.namespace", .podNamespace),
        ("pod.serviceAccount", .podServiceAccount),
        ("app.container", .appContainer),
        ("app.port", .appPort),
        ("app.runAsUser", .appRunAsUser),
        ("app.runAsGroup", .appRunAsGroup),
    ]
}

extension Reference: CustomStringConvertible {
    /// The reference as it is written: `$(params.path)`.
    public var description: String {
        if case .parameter(let name) = self { return "$(params.\(name))" }
        let name = Self.context.first { $0.reference == self }?.name ?? ""
        return "$(\(name))"
    }
}
