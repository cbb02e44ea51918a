public import HTTP1
public import ProxyConfiguration

/// Conditions on headers of which any will do: `retriable_headers` and `retriable_request_headers` of a retry policy.
public struct RetriableHeaders: Sendable {
    private let conditions: [HeaderCondition]

    /// Prepares conditions for bytes.
    public init(_ matchers: [HeaderMatcher]) {
        conditions = matchers.map { HeaderCondition($0) }
    }

    /// Whether a request fulfils one of them; `path` is the path with its query.
    public func covers(_ head: RequestHead, _ bytes: Span<UInt8>, path: Span<UInt8>, isSecure: Bool) -> Bool {
        for condition in conditions where condition.holds(head, bytes, path: path, isSecure: isSecure) { return true }
        return false
    }

    /// Whether an answer fulfils one of them.
    public func covers(_ head: ResponseHead, _ bytes: Span<UInt8>) -> Bool {
        for condition in conditions where condition.holds(head, bytes) { return true }
        return false
    }
}
