public import JSON

/// The request of an AdmissionReview (admission.k8s.io/v1, AdmissionRequest).
public struct AdmissionRequest: Sendable {
    /// Identifies this call; the response repeats it.
    public let uid: String
    /// The API group of the resource, empty for the core group.
    public let group: String
    /// The plural name of the resource, for example `pods`.
    public let resource: String
    /// The subresource, for example `ephemeralcontainers`; empty for the resource itself.
    public let subResource: String
    /// The kind of the object, for example `Pod`, `Binding` or `PodExecOptions`.
    public let kind: String
    /// The operation: `CREATE`, `UPDATE`, `DELETE` or `CONNECT`.
    public let operation: String
    /// The namespace of the request, empty when there is none; it is the truth, the object's own may be empty.
    public let namespace: String
    /// The name of the object; empty for one with `generateName`.
    public let name: String
    /// Whether nothing will be stored.
    public let isDryRun: Bool
    /// The object, absent on DELETE and CONNECT without options.
    public let object: JSONValue?
    /// The object as it was before an UPDATE or DELETE.
    public let oldObject: JSONValue?

    /// Reads a request; a member of the wrong type is an error, an absent one is empty.
    init(json: JSONValue) throws(AdmissionError) {
        let uid = try Self.string("uid", of: json)
        guard !uid.isEmpty else { throw AdmissionError(.noUID, "request.uid is missing") }
        guard uid.utf8.count <= 256 else { throw AdmissionError(.noUID, "request.uid is longer than 256 bytes") }
        self.uid = uid
        let resource = try Self.object("resource", of: json)
        self.group = try Self.string("group", of: resource)
        self.resource = try Self.string("resource", of: resource)
        self.subResource = try Self.string("subResource", of: json)
        self.kind = try Self.string("kind", of: try Self.object("kind", of: json))
        self.operation = try Self.string("operation", of: json)
        self.namespace = try Self.string("namespace", of: json)
        self.name = try Self.string("name", of: json)
        self.isDryRun = json["dryRun"]?.bool ?? false
        self.object = json["object"].flatMap { $0.isNull ? nil : $0 }
        self.oldObject = json["oldObject"].flatMap { $0.isNull ? nil : $0 }
    }

    /// Whether a pod that is there is about to be changed, by itself or by a subresource such as `status`.
    public var isPodUpdate: Bool {
        operation == "UPDATE" && group.isEmpty && resource == "pods" && kind == "Pod"
    }

    /// Whether a pod is about to be created: the only time at which containers can be added.
    public var isPodCreation: Bool {
        operation == "CREATE" && group.isEmpty && resource == "pods" && subResource.isEmpty && kind == "Pod"
    }

    private static func string(_ name: String, of json: JSONValue) throws(AdmissionError) -> String {
        switch json[name] {
        case nil, .null: return ""
        case .string(let string): return string
        case .some(let other):
            throw AdmissionError(.wrongType, "request.\(name) must be a string, not a \(other.kind)")
        }
    }

    private static func object(_ name: String, of json: JSONValue) throws(AdmissionError) -> JSONValue {
        switch json[name] {
        case nil, .null: return [:]
        case .object(let object): return .object(object)
        case .some(let other):
            throw AdmissionError(.wrongType, "request.\(name) must be an object, not a \(other.kind)")
        }
    }
}
