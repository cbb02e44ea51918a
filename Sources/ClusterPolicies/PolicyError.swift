/// Why no policy can be made.
package struct PolicyError: Error, Equatable {
    /// What kind of reason it is.
    package enum Code: String, Sendable, CaseIterable {
        /// A name is not one that Kubernetes takes.
        case invalidName
        /// The API server refuses such a combination of validation actions.
        case conflictingActions
        /// A URL is not one that the API server calls.
        case invalidURL
        /// A service is not named as NAMESPACE/NAME[:PORT].
        case invalidService
        /// An expression is longer than the API server's compiler takes.
        case expressionTooLong
        /// The cluster does not have the kind of policy.
        case clusterTooOld
    }

    /// What kind of reason it is.
    package let code: Code
    /// What happened, to what, and what to do.
    package let reason: String
    /// What it is about: the name, the option or the field.
    package let location: String

    /// Whether two errors have the same code and location.
    package static func == (left: PolicyError, right: PolicyError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}
