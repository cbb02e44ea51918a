/// The conditions behind one health endpoint, such as `/livez` or `/readyz`.
public struct HealthChecks: Sendable {
    /// The name of the endpoint in the verbose text.
    public let name: String
    /// The conditions in the order in which they are reported.
    public let checks: [HealthCheck]

    /// Makes an endpoint; without checks it is healthy.
    public init(name: String, checks: [HealthCheck]) {
        self.name = name
        self.checks = checks
    }

    /// Asks every check.
    public func report() -> HealthReport {
        HealthReport(name: name, results: checks.map { ($0.name, $0.check()) })
    }
}
