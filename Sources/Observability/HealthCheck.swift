/// One named condition of health.
public struct HealthCheck: Sendable {
    /// What a check found.
    public enum Status: Sendable, Equatable {
        /// All is well.
        case ok
        /// The condition does not hold, and why, in one sentence without secrets.
        case failed(String)
    }

    /// The name, in lower case with hyphens.
    public let name: String
    /// Looks at the condition now; must not block.
    public let check: @Sendable () -> Status

    /// Makes a check.
    public init(_ name: String, check: @escaping @Sendable () -> Status) {
        self.name = name
        self.check = check
    }
}
