/// Why a name has no addresses.
///
/// Equal by code.
public struct NameResolutionError: Error, Equatable, CustomStringConvertible {
    /// What happened.
    public enum Code: String, Sendable, CaseIterable {
        /// The servers say that there is no such name, or none with addresses of the wanted kind.
        case notFound = "not found"
        /// No server gave an answer: all failed, refused, said nonsense or nothing.
        case serverFailure = "server failure"
        /// The time for the lookup was over, in the queue or between two questions.
        case timedOut = "timed out"
        /// The name cannot be asked for.
        case invalidName = "invalid name"
        /// Too many lookups wait already.
        case overloaded = "overloaded"
        /// The resolver is being shut down.
        case shutDown = "shut down"
    }

    /// What happened.
    public let code: Code
    /// The name that was asked for.
    public let location: String

    /// Makes an error.
    public init(_ code: Code, _ name: String) {
        self.code = code
        location = name
    }

    /// A sentence that says what to do.
    public var reason: String {
        switch code {
        case .notFound: "the name servers know no address of \(location); check its spelling and the Service"
        case .serverFailure: "no name server could answer for \(location); check that the pod may reach them"
        case .timedOut: "looking up \(location) took too long; check that the pod may reach the name servers"
        case .invalidName: "\(location) is no name that can be asked for; correct the cluster's address"
        case .overloaded: "too many names are being looked up; use fewer, or longer refresh rates"
        case .shutDown: "the proxy is ending"
        }
    }

    /// The reason.
    public var description: String { reason }

    /// Whether a server has said so, rather than that none could.
    public var isDefinite: Bool { code == .notFound || code == .invalidName }

    /// Whether two errors say the same.
    public static func == (left: NameResolutionError, right: NameResolutionError) -> Bool { left.code == right.code }
}
