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
}
