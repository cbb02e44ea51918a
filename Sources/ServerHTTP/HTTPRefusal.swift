public import NIOHTTP1

/// A request that is answered with an error before any responder sees it whole.
public struct HTTPRefusal: Error, Equatable, Sendable {
    /// Why a request is refused; the raw value is a metric label.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are not HTTP/1.
        case malformed
        /// Host is missing, repeated or not an authority.
        case badHost = "bad_host"
        /// The target is neither a path nor an absolute URI.
        case badTarget = "bad_target"
        /// Content-Length and Transfer-Encoding disagree, or one of them is not a plain value.
        case badFraming = "bad_framing"
        /// An HTTP version other than 1.0 and 1.1.
        case badVersion = "bad_version"
        /// CONNECT or TRACE.
        case methodNotAllowed = "method_not_allowed"
        /// Expect asks for something other than `100-continue`.
        case badExpectation = "bad_expectation"
        /// The head is too long or has too many fields.
        case headTooLarge = "head_too_large"
        /// The request line is too long.
        case targetTooLong = "target_too_long"
        /// The body is over the limit.
        case bodyTooLarge = "body_too_large"
        /// The bodies in flight use up the memory set aside for them.
        case overBudget = "over_budget"
        /// The head did not arrive in time.
        case headTimeout = "head_timeout"
        /// The body did not arrive in time.
        case bodyTimeout = "body_timeout"
        /// The responder did not answer in time.
        case responseTimeout = "response_timeout"
        /// The responder failed, or gave an answer that may not be sent.
        case responderFailed = "responder_failed"
        /// The server is leaving.
        case draining
    }

    /// Why.
    public let code: Code
    /// What is wrong with this request and what would be right, in one sentence without request data.
    public let reason: String

    /// Makes a refusal.
    public init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Refusals are equal when they have the same code, in whatever words.
    public static func == (left: HTTPRefusal, right: HTTPRefusal) -> Bool {
        left.code == right.code
    }

    /// The status of the reply.
    public var status: HTTPResponseStatus {
        switch code {
        case .malformed, .badHost, .badTarget, .badFraming: .badRequest
        case .badVersion: .httpVersionNotSupported
        case .methodNotAllowed: .methodNotAllowed
        case .badExpectation: .expectationFailed
        case .headTooLarge: .requestHeaderFieldsTooLarge
        case .targetTooLong: .uriTooLong
        case .bodyTooLarge: .payloadTooLarge
        case .overBudget: .tooManyRequests
        case .headTimeout, .bodyTimeout: .requestTimeout
        case .responseTimeout, .draining: .serviceUnavailable
        case .responderFailed: .internalServerError
        }
    }

    /// Whether bytes of the request may still be on their way, which the connection must read before it closes.
    ///
    /// Not for bytes that cannot be told apart any more, and not for a client that was given its time.
    var leavesInput: Bool {
        switch code {
        case .badHost, .badTarget, .methodNotAllowed, .badExpectation, .headTooLarge, .targetTooLong, .bodyTooLarge,
            .overBudget, .draining:
            true
        case .malformed, .badFraming, .badVersion, .headTimeout, .bodyTimeout, .responseTimeout, .responderFailed:
            false
        }
    }

    /// The reply: plain text, with the fields that the status asks for.
    var response: HTTPResponse {
        var response = HTTPResponse.text(status, reason)
        switch code {
        case .overBudget:
            response.headers.append(HTTPResponse.Header("retry-after", "1"))
        case .draining:
            // The API server repeats the call at once, on a new connection and so at another replica.
            response.headers.append(HTTPResponse.Header("retry-after", "0"))
        case .methodNotAllowed:
            response.headers.append(HTTPResponse.Header("allow", "GET, HEAD, POST"))
        default:
            break
        }
        return response
    }
}
