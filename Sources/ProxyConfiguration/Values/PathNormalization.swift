/// What happens to a request's path and host before it is routed: fields of `HttpConnectionManager`.
public struct PathNormalization: Sendable, Hashable {
    /// `path_with_escaped_slashes_action`, for `%2F`, `%2f`, `%5C` and `%5c`.
    public enum EscapedSlashes: String, Sendable, CaseIterable {
        /// They stay.
        case keep = "KEEP_UNCHANGED"
        /// The request is answered with 400.
        case reject = "REJECT_REQUEST"
        /// The client is redirected to the path with slashes; gRPC is answered with 400.
        case unescapeAndRedirect = "UNESCAPE_AND_REDIRECT"
        /// They become slashes.
        case unescapeAndForward = "UNESCAPE_AND_FORWARD"
    }

    /// `normalize_path`: whether dot segments go and unreserved characters are unescaped, RFC 3986 section 6
    /// (false).
    public var normalizes = false
    /// `merge_slashes`: whether neighbouring slashes become one (false).
    public var mergesSlashes = false
    /// `path_with_escaped_slashes_action` (KEEP_UNCHANGED, also for IMPLEMENTATION_SPECIFIC_DEFAULT).
    public var escapedSlashes = EscapedSlashes.keep
    /// `strip_any_host_port`, or `strip_matching_host_port` with the listener's port: which ports go from the host.
    public var strippedPort = StrippedPort.none
    /// `strip_trailing_host_dot` (false).
    public var stripsTrailingDot = false

    /// Which port is taken off the host of a request.
    public enum StrippedPort: Sendable, Hashable {
        /// None.
        case none
        /// `strip_matching_host_port`: the listener's.
        case matching
        /// `strip_any_host_port`: any.
        case any
    }

    /// Makes one that changes nothing.
    public init() {}

    /// Whether paths are left as they come.
    public var keepsPath: Bool { !normalizes && !mergesSlashes && escapedSlashes == .keep }
}
