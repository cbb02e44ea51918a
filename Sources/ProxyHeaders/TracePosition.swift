/// The place of a request in a distributed trace, in either of the two forms that callers use.
///
/// W3C Trace Context (`traceparent`) and Zipkin's B3 (`b3`, or several `x-b3-*`).
public struct TracePosition: Sendable, Hashable {
    /// The upper half of the trace's identifier, 0 for the short ones of B3.
    public var traceHigh: UInt64
    /// The lower half of the trace's identifier.
    public var traceLow: UInt64
    /// The caller's span, or after ``child(span:)`` the proxy's own.
    public var span: UInt64
    /// The span that this one belongs to.
    public var parent: UInt64?
    /// Whether the trace is recorded; nil where the caller left that open.
    public var isSampled: Bool?
    /// Whether B3's debug flag is set, which means sampled and more.
    public var isDebug: Bool

    /// Makes a position, nil when an identifier is zero.
    public init?(
        traceHigh: UInt64,
        traceLow: UInt64,
        span: UInt64,
        parent: UInt64? = nil,
        isSampled: Bool?,
        isDebug: Bool = false
    ) {
        guard traceHigh | traceLow != 0, span != 0 else { return nil }
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.span = span
        self.parent = parent
        self.isSampled = isSampled
        self.isDebug = isDebug
    }

    /// The position of the proxy's own span below the caller's; a zero becomes 1, because zero is no identifier.
    public func child(span: UInt64) -> TracePosition {
        var child = self
        child.parent = self.span
        child.span = max(1, span)
        return child
    }
}
