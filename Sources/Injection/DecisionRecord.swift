/// The facts of one decision for logs, metrics and audit: never a part of the pod that may hold a secret.
public struct DecisionRecord: Sendable {
    /// The uid of the request; empty when it was not found.
    public var uid = ""
    /// The namespace of the request.
    public var namespace = ""
    /// The pod's name, or its `generateName`.
    public var pod = ""
    /// The owner that made the pod, as `Kind/name`; empty when there is none.
    public var owner = ""
    /// Whether nothing will be stored.
    public var isDryRun = false
    /// The decision in a word: `inject`, `skip`, `deny`, `malformed` or `failed`.
    public var decision = ""
    /// Why.
    public var reason = Reason(.malformed)
    /// The sidecars that were added.
    public var injected: [InjectionOutcome.Injected] = []
    /// The same as text: `name@version`, joined by commas.
    public var sidecars = ""
    /// The codes of the warnings.
    public var warnings: [InjectionWarning.Code] = []

    /// Makes an empty record.
    public init() {}
}
