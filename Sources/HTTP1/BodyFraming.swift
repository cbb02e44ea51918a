/// How the end of a message's body is known (RFC 9112 section 6.3).
public enum BodyFraming: Sendable, Equatable {
    /// There is no body.
    case none
    /// The body has this many bytes, possibly 0.
    case length(Int)
    /// The body comes in chunks, possibly with trailers.
    case chunked
    /// The body ends where the connection ends; only responses have that.
    case untilClose

    /// Whether no body byte will come.
    public var isEmpty: Bool { self == .none || self == .length(0) }
}
