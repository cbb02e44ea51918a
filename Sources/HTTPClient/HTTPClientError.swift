/// Why a request got no usable response.
///
/// Two errors are equal when code and location are; the reason is for people.
public struct HTTPClientError: Error, Equatable, Sendable {
    /// The kind of failure, stable across releases.
    public enum Code: String, Sendable, CaseIterable {
        /// A setting or a request cannot be sent as it is.
        case invalidRequest
        /// No connection within its deadline: the name is unknown, nobody listens, or nothing answers.
        case unreachable
        /// The TLS handshake failed; the server's certificate may not be the expected one.
        case handshakeFailed
        /// The response did not end within its deadline.
        case timedOut
        /// The connection broke before the end of the response.
        case interrupted
        /// What came back is not HTTP/1.1.
        case malformedResponse
        /// The response is larger than its limit.
        case responseTooLarge
        /// The task was cancelled.
        case cancelled
    }

    /// The kind of failure.
    public var code: Code
    /// What happened, for people.
    public var reason: String
    /// The host and port asked.
    public var location: String?

    /// Makes an error.
    public init(_ code: Code, _ reason: String, at location: String? = nil) {
        self.code = code
        self.reason = reason
        self.location = location
    }

    /// Whether code and location are the same.
    public static func == (left: HTTPClientError, right: HTTPClientError) -> Bool {
        left.code == right.code && left.location == right.location
    }
}

extension HTTPClientError: CustomStringConvertible {
    /// The location, the reason and the code on one line.
    public var description: String {
        let place = location.map { "\($0): " } ?? ""
        return "\(place)\(reason) (\(code.rawValue))"
    }
}
