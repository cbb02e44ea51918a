/// The Service that the API server calls.
public struct ServiceReference: Sendable, Hashable {
    /// The namespace.
    public var namespace: String
    /// The name.
    public var name: String

    /// Names a Service.
    public init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    /// The name that the API server verifies, and the one that people use.
    public var dnsNames: [String] {
        ["\(name).\(namespace).svc", "\(name).\(namespace).svc.cluster.local"]
    }
}
