/// When a proxy that was told to leave does so.
///
/// | life cycle | leaves when | at the latest |
/// |---|---|---|
/// | native | no request is under way | after 1.5 s |
/// | automatic, application gone | no request is under way | 1.5 s after it was found gone |
/// | automatic, application there | no request was under way for 1 s | 2 s before the grace period ends |
/// | plain, application gone | no request is under way | 1.5 s after it was found gone |
/// | plain, application there | no connection was open for 5 s | 2 s before the grace period ends |
///
/// A native sidecar is told to leave after the application ended; a plain container at the same time as it.
public struct ExitPolicy: Sendable, Equatable {
    /// How the container lives beside the application.
    public enum LifeCycle: String, Sendable, CaseIterable {
        /// Judge by whether the application still accepts connections.
        case automatic = "auto"
        /// An init container with `restartPolicy: Always` (KEP-753).
        case native
        /// A container beside the application's.
        case plain
    }

    /// How the container lives.
    public var lifeCycle = LifeCycle.automatic
    /// The pod's `terminationGracePeriodSeconds`.
    public var gracePeriod = Duration.seconds(30)

    /// Makes the policy that suits any container with Kubernetes' standard grace period.
    public init() {}

    /// Whether to leave now.
    ///
    /// - Parameters:
    ///   - elapsed: Since the proxy was told to.
    ///   - gone: Since the application was found gone; nil while it accepts connections.
    ///   - withoutRequests: Since a request was under way; nil while one is.
    ///   - withoutConnections: Since a connection was open; nil while one is.
    /// - Returns: Whether nothing is left to wait for.
    func isOver(elapsed: Duration, gone: Duration?, withoutRequests: Duration?, withoutConnections: Duration?) -> Bool {
        let brief = Duration.milliseconds(1500)
        guard elapsed < max(gracePeriod - .seconds(2), .milliseconds(500)) else { return true }
        if lifeCycle == .native { return withoutRequests != nil || elapsed >= brief }
        if let gone { return withoutRequests != nil || gone >= brief }
        switch lifeCycle {
        case .plain: return withoutConnections.map { $0 >= .seconds(5) } ?? false
        case .automatic, .native: return withoutRequests.map { $0 >= .seconds(1) } ?? false
        }
    }
}
