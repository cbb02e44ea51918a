/// The headers that a proxy has to understand, recognised while they are read.
public enum KnownHeader: UInt8, Sendable {
    /// Any other header: forwarded untouched.
    case other
    case authorization
    case connection
    case contentLength
    case contentType
    case cookie
    case date
    case expect
    case host
    case http2Settings
    case keepAlive
    case proxyConnection
    case server
    case te
    case trailer
    case transferEncoding
    case upgrade
    case upstreamServiceTime
    case forwardedClientCert
    case forwardedFor
    case forwardedProto
    case requestID
    /// A name that becomes `Content-Length` or `Transfer-Encoding` where `_` is read as `-`.
    case framingLookalike

    /// Whether the header belongs to one connection and is never forwarded (RFC 9110 section 7.6.1).
    var isHopByHop: Bool {
        switch self {
        case .connection, .keepAlive, .proxyConnection, .te, .transferEncoding, .upgrade, .http2Settings,
            .framingLookalike:
            true
        default:
            false
        }
    }

    /// Whether `Connection` must not name the header: framing, routing, authentication and provenance.
    ///
    /// A client could otherwise have the proxy strip what the application behind it relies on.
    var isProtected: Bool {
        switch self {
        case .authorization, .contentLength, .cookie, .host, .transferEncoding, .forwardedFor, .forwardedProto: true
        default: false
        }
    }
}
