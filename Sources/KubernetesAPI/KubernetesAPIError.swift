/// Why the API server did not do what it was asked.
///
/// Two errors are equal when code and location are; the reason is for people.
public struct KubernetesAPIError: Error, Equatable, Sendable {
    /// The kind of failure, stable across releases.
    public enum Code: String, Sendable, CaseIterable {
        /// The process does not run in a pod, or its pod has no service account token.
        case notInCluster
        /// The token or the authority of the service account cannot be read.
        case unreadableCredentials
        /// No connection, or it broke, or the answer took too long.
        case unreachable
        /// The server's certificate is not one of the cluster's authority.
        case untrusted
        /// 401: the token is not accepted, even read anew.
        case unauthorized
        /// 403: a rule is missing in the Role or ClusterRole.
        case forbidden
        /// 404: there is no such object.
        case notFound
        /// 409: the object has changed since it was read.
        case conflict
        /// 410: the history that a watch asked for is gone.
        case gone
        /// 429: the server asks for patience.
        case throttled
        /// Another 4xx: the server does not accept the change.
        case refused
        /// 5xx: the server failed.
        case serverFailure
        /// What came back is not what the API says.
        case malformedResponse
        /// The task was cancelled.
        case cancelled
    }

    /// The kind of failure.
    public var code: Code
    /// What happened and what to do, for people.
    public var reason: String
    /// The object concerned, or the server.
    public var location: String?

    /// Makes an error.
    public init(_ code: Code, _ reason: String, at location: String? = nil) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// Whether code and location are the same.
    public static func == (left: KubernetesAPIError, right: KubernetesAPIError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}

extension KubernetesAPIError: CustomStringConvertible {
    /// The location, the reason and the code on one line.
    public var description: String {
        let place = location.map { "\($0): " } ?? ""
        return "\(place)\(reason) (\(code.rawValue))"
    }
}
