/// Why another configuration cannot be taken while the proxy runs.
public struct ReloadError: Error, Equatable, CustomStringConvertible {
    /// What happened and what to do.
    public let reason: String

    init(_ reason: String) {
        self.reason = reason
    }

    /// The reason.
    public var description: String { reason }
}
