import HTTP2

/// Header fields that HTTP/2 treats in a way of its own.
enum HTTP2FieldKind {
    /// Belongs to one connection, and is malformed in HTTP/2 (RFC 9113 section 8.2.2).
    case ofConnection
    case te
    case host
    case cookie
    case length
    case other

    /// Recognises a name, which is in lower case.
    @inline(__always)
    init(_ name: Span<UInt8>) {
        switch name.count {
        case 2 where name.equals("te"): self = .te
        case 4 where name.equals("host"): self = .host
        case 6 where name.equals("cookie"): self = .cookie
        case 7 where name.equals("upgrade"): self = .ofConnection
        case 10 where name.equals("connection") || name.equals("keep-alive"): self = .ofConnection
        case 14 where name.equals("content-length"): self = .length
        case 16 where name.equals("proxy-connection"): self = .ofConnection
        case 17 where name.equals("transfer-encoding"): self = .ofConnection
        default: self = .other
        }
    }
}
