/// One piece of work in a trace, finished.
public struct Span: Sendable {
    /// The value of an attribute.
    public enum Value: Sendable, Hashable {
        /// A text.
        case text(String)
        /// A whole number.
        case number(Int64)
    }

    /// The trace.
    public var trace: TraceIdentifier
    /// The span itself.
    public var identifier: SpanIdentifier
    /// The span that caused this one; nil for the first of a trace.
    public var parent: SpanIdentifier?
    /// What is done, from a closed set of names.
    public var name: String
    /// When it began, in nanoseconds since 1970.
    public var start: UInt64
    /// When it ended, in nanoseconds since 1970.
    public var end: UInt64
    /// Facts, by the names of OpenTelemetry's conventions where there is one.
    public var attributes: [(name: String, value: Value)]
    /// Whether it failed.
    public var hasFailed: Bool

    /// Describes a span.
    public init(
        trace: TraceIdentifier,
        identifier: SpanIdentifier,
        parent: SpanIdentifier?,
        name: String,
        start: UInt64,
        end: UInt64,
        attributes: [(name: String, value: Value)] = [],
        hasFailed: Bool = false
    ) {
        self.trace = trace
        self.identifier = identifier
        self.parent = parent
        self.name = name
        self.start = start
        self.end = end
        self.attributes = attributes
        self.hasFailed = hasFailed
    }
}
