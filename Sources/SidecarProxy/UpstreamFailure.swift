import AccessLog

/// How an attempt ended before its response was complete.
enum UpstreamFailure {
    /// The connection ended.
    case connectionClosed
    /// The connection was closed because the endpoint had not acknowledged a PING in time.
    case unresponsive
    /// The endpoint reset the stream.
    case reset
    /// The endpoint said that it has not looked at the request (RFC 9113 section 8.7): it may always be sent again.
    case unprocessed

    /// What logs say where the response had begun: the flag, and the word in `%RESPONSE_CODE_DETAILS%`.
    ///
    /// In HTTP/1 a response that ends too early is a broken one.
    func afterResponse(over version: LogProtocol) -> (flag: ResponseFlag, word: String) {
        guard version == .http2 else { return (.upstreamProtocolError, "protocol_error") }
        return switch self {
        case .connectionClosed, .unresponsive: (.upstreamConnectionTermination, "connection_termination")
        case .reset, .unprocessed: (.upstreamRemoteReset, "remote_reset")
        }
    }
}
