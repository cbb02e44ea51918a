public import JSON

/// A decision with all that is to be said about it.
public struct InjectionOutcome: Sendable {
    /// A sidecar that was added.
    public struct Injected: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// Its version.
        public let version: String
        /// The rule of the catalog that wants it; nil when the pod itself asks.
        public let rule: String?
    }

    /// What happens to the pod.
    public let decision: InjectionDecision
    /// The patch as JSON text (RFC 6902); nil unless something is injected.
    public let patch: [UInt8]?
    /// The sidecars that are added, in start order.
    public let injected: [Injected]
    /// What the author of the pod should know; at most `InjectionWarning.maximumCount`.
    public let warnings: [InjectionWarning]
    /// The pod that results; the pod as it came unless something is injected.
    public let pod: JSONValue

    /// Makes an outcome.
    init(
        _ decision: InjectionDecision,
        patch: [UInt8]? = nil,
        injected: [Injected] = [],
        warnings: [InjectionWarning] = [],
        pod: JSONValue
    ) {
        self.decision = decision
        self.patch = patch
        self.injected = injected
        self.warnings = Self.limited(warnings)
        self.pod = pod
    }

    /// As many warnings as a response carries, the last of them in place of those that are left out.
    static func limited(_ warnings: [InjectionWarning]) -> [InjectionWarning] {
        guard warnings.count > InjectionWarning.maximumCount else { return warnings }
        let kept = InjectionWarning.maximumCount - 1
        return warnings.prefix(kept) + [InjectionWarning(.omitted, "and \(warnings.count - kept) more warnings")]
    }
}
