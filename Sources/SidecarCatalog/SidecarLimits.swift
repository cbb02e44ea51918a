/// How many sidecars a pod may have.
public struct SidecarLimits: Sendable, Equatable {
    /// The highest number without a warning; nil when any is.
    public let warnAbove: Int?
    /// The highest number that is admitted; nil when any is.
    public let denyAbove: Int?

    /// No limits.
    public static let none = SidecarLimits(warnAbove: nil, denyAbove: nil)
}
