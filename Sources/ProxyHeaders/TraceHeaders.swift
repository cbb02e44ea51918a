/// The headers that place a request in a trace, found in one pass over its names.
public struct TraceHeaders: Sendable {
    /// One of the headers.
    public enum Name: String, Sendable, CaseIterable {
        case traceparent
        case tracestate
        case b3
        case b3TraceID = "x-b3-traceid"
        case b3SpanID = "x-b3-spanid"
        case b3ParentSpanID = "x-b3-parentspanid"
        case b3Sampled = "x-b3-sampled"
        case b3Flags = "x-b3-flags"

        /// The header of this name in any case, or nil when it has nothing to do with traces.
        public init?(_ name: Span<UInt8>) {
            for candidate in Self.allCases where candidate.matches(name) {
                self = candidate
                return
            }
            return nil
        }

        private func matches(_ name: Span<UInt8>) -> Bool {
            let letters = rawValue.utf8
            guard letters.count == name.count else { return false }
            for (index, letter) in letters.enumerated() where letter != name[index] | (letter > 0x40 ? 0x20 : 0) {
                return false
            }
            return true
        }
    }

    private var found: [Name: [UInt8]] = [:]

    /// Makes an empty collection.
    public init() {}

    /// Keeps a header, the first of equal names.
    public mutating func keep(_ name: Name, _ value: Span<UInt8>) {
        guard found[name] == nil else { return }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.count)
        for index in value.indices { bytes.append(value[index]) }
        found[name] = bytes
    }

    /// Where the caller stands in a trace, nil when it tells nothing that can be read; W3C's form wins.
    public var position: TracePosition? {
        if let value = found[.traceparent] { return TracePosition(traceparent: value.span) }
        if let value = found[.b3], let position = TracePosition(b3: value.span) { return position }
        guard let trace = found[.b3TraceID], let span = found[.b3SpanID] else { return nil }
        var position = TracePosition(b3TraceID: trace.span, spanID: span.span)
        position?.parent = nil
        if let decision { position?.isSampled = decision != .deny }
        position?.isDebug = decision == .debug
        return position
    }

    /// What B3 says about sampling without a place in a trace: `b3: 0`, or `x-b3-sampled` alone.
    public var decision: B3Decision? {
        if let flags = found[.b3Flags], flags == [UInt8(ascii: "1")] { return .debug }
        return (found[.b3] ?? found[.b3Sampled]).flatMap { B3Decision($0.span) }
    }

    /// Whether the header goes when another position takes the place of what was found.
    ///
    /// `tracestate` belongs to the caller's `traceparent` and stays with a sound one (Trace Context section 3.3).
    public func drops(_ name: Name) -> Bool {
        name != .tracestate || found[.traceparent].flatMap { TracePosition(traceparent: $0.span) } == nil
    }

    /// Writes the lines for a position, in every form that was found, and in W3C's where none was.
    public func write(_ position: TracePosition, into out: inout [UInt8]) {
        let isB3 = found[.b3] != nil
        let isSeveral = found[.b3TraceID] != nil || found[.b3Sampled] != nil || found[.b3Flags] != nil
        if found[.traceparent] != nil || !isB3 && !isSeveral {
            Self.line(.traceparent, into: &out) { position.writeTraceparent(into: &$0) }
        }
        if isB3 { Self.line(.b3, into: &out) { position.writeB3(into: &$0) } }
        guard isSeveral else { return }
        Self.line(.b3TraceID, into: &out) { position.writeB3TraceID(into: &$0) }
        Self.line(.b3SpanID, into: &out) { TracePosition.writeSpanID(position.span, into: &$0) }
        if let parent = position.parent {
            Self.line(.b3ParentSpanID, into: &out) { TracePosition.writeSpanID(parent, into: &$0) }
        }
        if position.isDebug {
            Self.line(.b3Flags, into: &out) { $0 += "1".utf8 }
        } else if let isSampled = position.isSampled {
            Self.line(.b3Sampled, into: &out) { $0 += isSampled ? "1".utf8 : "0".utf8 }
        }
    }

    private static func line(_ name: Name, into out: inout [UInt8], _ value: (inout [UInt8]) -> Void) {
        out += "\(name.rawValue): ".utf8
        value(&out)
        out += "\r\n".utf8
    }
}
