/// The head of one request, as places in the bytes it was read from.
///
/// Offsets count from the first byte handed to the parser, which may be an empty line that came before the request.
public struct RequestHead: Sendable {
    /// The method.
    public internal(set) var method = RequestMethod.other
    /// Where the method stands.
    public internal(set) var methodRange = ByteRange.empty
    /// Where the target stands, whatever its form.
    public internal(set) var target = ByteRange.empty
    /// The path and query to forward; empty for an absolute URI without a path, which means `/` (or `*` for OPTIONS).
    public internal(set) var path = ByteRange.empty
    /// The host and port the request is for: of an absolute URI, else of `Host`; empty when it names none.
    public internal(set) var authority = ByteRange.empty
    /// Whether ``shortenAuthority(to:)`` has taken something off the authority.
    public internal(set) var isAuthorityShortened = false
    /// Whether the target was an absolute URI, whose authority replaces `Host` (RFC 9112 section 3.2.2).
    public internal(set) var isAbsolute = false
    /// 1 for HTTP/1.1, 0 for HTTP/1.0.
    public internal(set) var minorVersion: UInt8 = 1
    /// How the body ends.
    public internal(set) var framing = BodyFraming.none
    /// Whether the client wants to send more requests on the connection.
    public internal(set) var isPersistent = true
    /// Whether the client waits for `100 Continue` before it sends the body.
    public internal(set) var expectsContinue = false
    /// Whether the client asks for a WebSocket (RFC 6455); other upgrades are ignored.
    public internal(set) var wantsWebSocket = false
    /// The headers.
    public internal(set) var section = FieldSection()
    /// The number of bytes of the head with its empty line.
    public internal(set) var byteCount = 0

    init() {}

    /// Forgets everything but the storage of the table.
    mutating func reset() {
        method = .other
        methodRange = .empty
        target = .empty
        path = .empty
        authority = .empty
        isAbsolute = false
        isAuthorityShortened = false
        minorVersion = 1
        framing = .none
        isPersistent = true
        expectsContinue = false
        wantsWebSocket = false
        section.reset()
        byteCount = 0
    }
}
