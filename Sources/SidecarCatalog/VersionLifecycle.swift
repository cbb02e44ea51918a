/// When a version of a sidecar ends.
///
/// | day | stage |
/// |---|---|
/// | up to `deprecatedAfter` | current |
/// | later, up to `sunsetAfter` | deprecated: pods get it with a warning |
/// | later than `sunsetAfter` | sunset: pods get it with a warning, or are denied where `enforce` says so |
public struct VersionLifecycle: Sendable, Equatable {
    /// What happens to a pod that asks for a version past its sunset.
    public enum Enforcement: String, Sendable, CaseIterable {
        /// It is admitted with a warning.
        case warn
        /// It is denied.
        case deny
    }

    /// How far a version has come.
    public enum Stage: Sendable, Equatable {
        /// It may be used.
        case current
        /// It may be used, and will end.
        case deprecated
        /// It has ended.
        case sunset
    }

    /// The last day on which the version is current; nil when it has none.
    public let deprecatedAfter: CalendarDate?
    /// The last day on which the version may be used; nil when it has none.
    public let sunsetAfter: CalendarDate?
    /// The version that takes its place; nil when none is named.
    public let replacedBy: SemanticVersion?
    /// What happens after `sunsetAfter`.
    public let enforce: Enforcement

    /// A version without an end.
    public static let endless = VersionLifecycle(
        deprecatedAfter: nil,
        sunsetAfter: nil,
        replacedBy: nil,
        enforce: .warn
    )

    /// The stage of the version on a day.
    public func stage(on date: CalendarDate) -> Stage {
        if let sunsetAfter, date > sunsetAfter { return .sunset }
        if let deprecatedAfter, date > deprecatedAfter { return .deprecated }
        return .current
    }
}
