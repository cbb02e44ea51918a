/// What the checks of a health endpoint found.
public struct HealthReport: Sendable {
    private let name: String
    private let results: [(name: String, status: HealthCheck.Status)]

    init(name: String, results: [(name: String, status: HealthCheck.Status)]) {
        self.name = name
        self.results = results
    }

    /// Whether every check passed: answer 200, otherwise 503.
    public var isHealthy: Bool { results.allSatisfy { $0.status == .ok } }

    /// The text for a reply, in the form of the API server's own endpoints.
    ///
    /// - Parameter verbose: Whether to name the checks that passed as well; those that failed are always named.
    /// - Returns: `ok`, or a line a check and a last line with the result.
    public func text(verbose: Bool) -> String {
        if isHealthy, !verbose { return "ok" }
        let lines = results.compactMap { result -> String? in
            switch result.status {
            case .ok: verbose ? "[+]\(result.name) ok" : nil
            case .failed(let detail): "[-]\(result.name) failed: \(detail)"
            }
        }
        return (lines + ["\(name) check \(isHealthy ? "passed" : "failed")"]).joined(separator: "\n")
    }
}
