import JSON
import Kubernetes

/// Reads the `lifecycle` of a version.
struct LifecycleBuilder {
    /// The version it belongs to.
    let version: SemanticVersion
    /// The versions of the sidecar as they are written.
    let declared: [String]
    /// The declaration; nil when there is none.
    let value: JSONValue?
    /// Where it stands.
    let pointer: JSONPointer

    /// The lifecycle; everything that is wrong with it is reported.
    func build(_ findings: inout DocumentFindings) -> VersionLifecycle {
        guard value?.object != nil else { return .endless }
        let lifecycle = VersionLifecycle(
            deprecatedAfter: date("deprecatedAfter", &findings),
            sunsetAfter: date("sunsetAfter", &findings),
            replacedBy: replacement(&findings),
            enforce: value?["enforce"]?.string.flatMap(VersionLifecycle.Enforcement.init) ?? .warn
        )
        if let deprecated = lifecycle.deprecatedAfter, let sunset = lifecycle.sunsetAfter, sunset < deprecated {
            findings.error(
                .invalidDate,
                "the sunset on \(sunset) comes before the deprecation on \(deprecated)",
                hint: "deprecate a version before it ends",
                at: pointer.appending("sunsetAfter")
            )
        }
        if lifecycle.enforce == .deny, value?["sunsetAfter"] == nil {
            findings.warning(
                .invalidValue,
                "'enforce' is 'deny', but there is no 'sunsetAfter' to enforce",
                hint: "set 'sunsetAfter', or remove 'enforce'",
                at: pointer.appending("enforce")
            )
        }
        return lifecycle
    }

    private func date(_ field: String, _ findings: inout DocumentFindings) -> CalendarDate? {
        guard let text = value?[field]?.string else { return nil }
        guard let date = CalendarDate(text) else {
            let hint = "write \(CalendarDate.allowed)"
            let message = "\(Quoted(text)) is not a date"
            findings.error(.invalidDate, message, hint: hint, at: pointer.appending(field))
            return nil
        }
        return date
    }

    private func replacement(_ findings: inout DocumentFindings) -> SemanticVersion? {
        guard let text = value?["replacedBy"]?.string else { return nil }
        let place = pointer.appending("replacedBy")
        guard let other = SemanticVersion(text), declared.contains(text) else {
            let hint = Hint.choose(text, among: declared.filter { $0 != version.description }, "declared versions")
            findings.error(.unknownVersion, "there is no version \(Quoted(text))", hint: hint, at: place)
            return nil
        }
        guard other != version else {
            let message = "version \(version) cannot replace itself"
            findings.error(.invalidValue, message, hint: "name a later one", at: place)
            return nil
        }
        return other
    }
}
