/// The place of a request in a distributed trace, as its caller tells (W3C Trace Context, section 3.2).
///
/// Read by the byte, with every length checked; what is not exactly as the standard says is no context.
public struct TraceContext: Sendable, Hashable {
    /// The trace that all its spans share: 16 bytes, not all zero.
    public let trace: TraceIdentifier
    /// The caller's span: 8 bytes, not all zero.
    public let parent: SpanIdentifier
    /// Whether the caller records its part of the trace.
    public let isSampled: Bool

    /// The longest value that is looked at.
    private static let maximumBytes = 512

    /// Makes a context.
    public init(trace: TraceIdentifier, parent: SpanIdentifier, isSampled: Bool) {
        self.trace = trace
        self.parent = parent
        self.isSampled = isSampled
    }

    /// Reads the value of a `traceparent` field; nil when it is none, which starts a new trace.
    ///
    /// ```
    /// 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
    /// |  trace                            parent           flags
    /// version; a later one may have more behind another hyphen
    /// ```
    public init?(traceparent text: String) {
        let bytes = Array(text.utf8.prefix(Self.maximumBytes + 1))
        guard (55...Self.maximumBytes).contains(bytes.count), let version = Hexadecimal.value(bytes[0..<2]),
            version != 0xff, bytes.count == 55 || (version > 0 && bytes[55] == UInt8(ascii: "-"))
        else { return nil }
        guard [2, 35, 52].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }),
            let high = Hexadecimal.value(bytes[3..<19]), let low = Hexadecimal.value(bytes[19..<35]),
            let trace = TraceIdentifier(high: high, low: low),
            let parent = Hexadecimal.value(bytes[36..<52]).flatMap(SpanIdentifier.init),
            let flags = Hexadecimal.value(bytes[53..<55])
        else { return nil }
        self.init(trace: trace, parent: parent, isSampled: flags & 1 == 1)
    }
}
