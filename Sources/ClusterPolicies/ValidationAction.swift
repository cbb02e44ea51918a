/// What the API server does when a validation fails
/// (https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-actions).
package enum ValidationAction: String, Sendable, CaseIterable {
    /// The request is refused.
    case deny = "Deny"
    /// The caller gets a warning.
    case warn = "Warn"
    /// The audit event of the request says so.
    case audit = "Audit"

    /// Actions as a binding takes them: each once, and not both Deny and Warn, which would say everything twice.
    ///
    /// - Throws: `conflictingActions`, also when there is none.
    package static func checked(_ actions: [ValidationAction]) throws(PolicyError) -> [ValidationAction] {
        let unique = allCases.filter(actions.contains)
        guard !unique.isEmpty, !(unique.contains(.deny) && unique.contains(.warn)) else {
            throw PolicyError(
                code: .conflictingActions,
                reason: "--action takes Deny, Warn or Audit; Deny and Warn do not go together",
                location: "--action"
            )
        }
        return unique
    }
}
