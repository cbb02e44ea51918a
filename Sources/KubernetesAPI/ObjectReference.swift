/// One object of the Kubernetes API, by name.
public struct ObjectReference: Sendable, Hashable {
    /// The API group; empty for the core group.
    public let group: String
    /// The version of the group.
    public let version: String
    /// The plural resource, in lower case.
    public let resource: String
    /// The namespace, or nil for objects of the whole cluster.
    public let namespace: String?
    /// The name.
    public let name: String

    /// A Secret.
    public static func secret(_ name: String, in namespace: String) -> ObjectReference {
        ObjectReference(group: "", version: "v1", resource: "secrets", namespace: namespace, name: name)
    }

    /// A MutatingWebhookConfiguration.
    public static func mutatingWebhookConfiguration(_ name: String) -> ObjectReference {
        registration("mutatingwebhookconfigurations", name)
    }

    /// A ValidatingWebhookConfiguration.
    public static func validatingWebhookConfiguration(_ name: String) -> ObjectReference {
        registration("validatingwebhookconfigurations", name)
    }

    private static func registration(_ resource: String, _ name: String) -> ObjectReference {
        ObjectReference(
            group: "admissionregistration.k8s.io",
            version: "v1",
            resource: resource,
            namespace: nil,
            name: name
        )
    }

    /// Whether `name` can be a part of a path and of a field selector: a DNS subdomain (RFC 1123).
    public static func isName(_ name: String) -> Bool {
        (1...253).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasSuffix(".") && !name.contains("..")
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "."): true
                default: false
                }
            }
    }

    /// The path of the collection that the object is in.
    var collectionPath: String {
        let root = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
        let scope = namespace.map { "/namespaces/\($0)" } ?? ""
        return "\(root)\(scope)/\(resource)"
    }

    /// The path of the object.
    var path: String { "\(collectionPath)/\(name)" }

    /// The request that follows the object.
    ///
    /// With a field selector on the name a rule with `resourceNames` allows it. Without a resource version the watch
    /// begins with the present state (Kubernetes API concepts, "Semantics for watch").
    func watchPath(from resourceVersion: String?, seconds: Int64) -> String {
        let start = resourceVersion.map { "&resourceVersion=\($0)" } ?? ""
        return "\(collectionPath)?watch=true&allowWatchBookmarks=true&timeoutSeconds=\(seconds)"
            + "&fieldSelector=metadata.name%3D\(name)\(start)"
    }

    /// What to put into a Role when `verb` is forbidden.
    func missingRule(_ verb: APIVerb) -> String {
        let kind = namespace.map { "Role in namespace \($0)" } ?? "ClusterRole"
        return "the service account may not \(verb.rawValue) it; its \(kind) needs the rule "
            + #"apiGroups: ["\#(group)"], resources: ["\#(resource)"], resourceNames: ["\#(name)"], "#
            + #"verbs: ["\#(verb.rawValue)"]"#
    }
}

extension ObjectReference: CustomStringConvertible {
    /// The resource, the namespace where there is one, and the name.
    public var description: String {
        "\(resource) \(namespace.map { "\($0)/" } ?? "")\(name)"
    }
}
