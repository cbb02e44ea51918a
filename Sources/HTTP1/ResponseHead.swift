/// The head of one response, as places in the bytes it was read from.
public struct ResponseHead: Sendable {
    /// The status code, 100 to 999.
    public internal(set) var status = 0
    /// The reason phrase; may be empty.
    public internal(set) var reason = ByteRange.empty
    /// 1 for HTTP/1.1, 0 for HTTP/1.0.
    public internal(set) var minorVersion: UInt8 = 1
    /// How the body ends, with the request's method taken into account.
    public internal(set) var framing = BodyFraming.none
    /// Whether the connection can carry another request after this response.
    public internal(set) var isPersistent = true
    /// Whether this is `101 Switching Protocols` for a WebSocket.
    public internal(set) var isUpgrade = false
    /// The headers.
    public internal(set) var section = FieldSection()
    /// The number of bytes of the head with its empty line.
    public internal(set) var byteCount = 0

    /// Whether the response is interim (1xx) and another one follows; 101 is final.
    public var isInterim: Bool { status < 200 && status != 101 }

    init() {}

    /// Forgets everything but the storage of the table.
    mutating func reset() {
        status = 0
        reason = .empty
        minorVersion = 1
        framing = .none
        isPersistent = true
        isUpgrade = false
        section.reset()
        byteCount = 0
    }

    /// Judges the head as a whole: framing (RFC 9112 section 6.3) and persistence.
    mutating func finish(_ bytes: Span<UInt8>, isHead: Bool) throws(HTTP1Error) {
        let announced = try section.framing(bytes, minorVersion: minorVersion)
        let options = try section.connectionOptions(bytes)
        let hasNoBody = isHead || status < 200 || status == 204 || status == 304
        framing = hasNoBody ? .none : announced ?? .untilClose
        isUpgrade = status == 101 && options.upgrade && section.upgradesToWebSocket(bytes)
        isPersistent = minorVersion > 0 ? !options.close : options.keepAlive && !options.close
        if framing == .untilClose { isPersistent = false }
        guard status < 200 || status == 204 else { return }
        // RFC 9110 section 8.6: no Content-Length in 1xx and 204.
        for index in section.fields.indices where section.fields[index].known == .contentLength {
            section.fields[index].isDropped = true
        }
    }
}
