/// The object that a pod belongs to.
public struct Workload: Sendable, Equatable {
    /// Its kind, such as `Deployment`.
    public let kind: String
    /// Its name.
    public let name: String

    /// Names a workload.
    public init(kind: String, name: String) {
        self.kind = kind
        self.name = name
    }
}
