extension TracePosition {
    /// Reads the value of `b3`, nil when it is none or says only whether to sample (``B3Decision``).
    ///
    /// ```
    /// 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90
    /// trace, 32 or 16 digits           span             |  parent
    ///                       sampled: 1, 0, or d for debug; with the parent it may be left out
    /// ```
    public init?(b3 value: Span<UInt8>) {
        guard value.count <= 68 else { return nil }
        var cursor = 0
        guard let trace = Self.piece(value, &cursor), let span = Self.piece(value, &cursor), span.count == 16,
            let identifier = Hexadecimal.value(value, span)
        else { return nil }
        var decision: B3Decision?
        var parent: UInt64?
        if let state = Self.piece(value, &cursor) {
            guard let known = B3Decision(value.extracting(state)) else { return nil }
            decision = known
        }
        if let piece = Self.piece(value, &cursor) {
            guard piece.count == 16, let known = Hexadecimal.value(value, piece) else { return nil }
            parent = known
        }
        guard cursor > value.count else { return nil }
        self.init(b3Trace: value.extracting(trace), span: identifier, parent: parent, decision: decision)
    }

    /// Makes a position from the values of `x-b3-traceid`, `x-b3-spanid` and so on, nil when they are none.
    ///
    /// - Parameters:
    ///   - trace: `x-b3-traceid`, 32 or 16 digits.
    ///   - span: `x-b3-spanid`.
    ///   - parent: `x-b3-parentspanid`.
    ///   - sampled: `x-b3-sampled`, `1` or `0`, of old also `true` and `false`.
    ///   - flags: `x-b3-flags`, `1` for debug.
    public init?(
        b3TraceID trace: Span<UInt8>,
        spanID span: Span<UInt8>,
        parentSpanID parent: Span<UInt8>? = nil,
        sampled: Span<UInt8>? = nil,
        flags: Span<UInt8>? = nil
    ) {
        guard span.count == 16, let identifier = Hexadecimal.value(span, 0..<16) else { return nil }
        var decision: B3Decision?
        if let sampled { decision = B3Decision(sampled) }
        if let flags, flags.count == 1, flags[0] == UInt8(ascii: "1") { decision = .debug }
        var above: UInt64?
        if let parent, parent.count == 16 { above = Hexadecimal.value(parent, 0..<16) }
        self.init(b3Trace: trace, span: identifier, parent: above, decision: decision)
    }

    private init?(b3Trace trace: Span<UInt8>, span: UInt64, parent: UInt64?, decision: B3Decision?) {
        guard trace.count == 16 || trace.count == 32,
            let low = Hexadecimal.value(trace, (trace.count - 16)..<trace.count),
            let high = trace.count == 16 ? 0 : Hexadecimal.value(trace, 0..<16)
        else { return nil }
        self.init(
            traceHigh: high,
            traceLow: low,
            span: span,
            parent: parent,
            isSampled: decision.map { $0 != .deny },
            isDebug: decision == .debug
        )
    }

    /// Writes the value of `b3`.
    public func writeB3(into out: inout [UInt8]) {
        writeB3TraceID(into: &out)
        out.append(UInt8(ascii: "-"))
        Hexadecimal.write(span, into: &out)
        if isDebug {
            out += "-d".utf8
        } else if let isSampled {
            out += isSampled ? "-1".utf8 : "-0".utf8
        } else {
            // Without the state there is no place for the parent.
            return
        }
        guard let parent else { return }
        out.append(UInt8(ascii: "-"))
        Hexadecimal.write(parent, into: &out)
    }

    /// Writes the value of `x-b3-traceid`, as short as it came.
    public func writeB3TraceID(into out: inout [UInt8]) {
        if traceHigh != 0 { Hexadecimal.write(traceHigh, into: &out) }
        Hexadecimal.write(traceLow, into: &out)
    }

    /// Writes the value of `x-b3-spanid` or `x-b3-parentspanid`.
    public static func writeSpanID(_ span: UInt64, into out: inout [UInt8]) {
        Hexadecimal.write(span, into: &out)
    }

    /// The bytes up to the next hyphen, nil behind the last.
    private static func piece(_ value: Span<UInt8>, _ cursor: inout Int) -> Range<Int>? {
        guard cursor <= value.count else { return nil }
        let start = cursor
        var end = start
        while end < value.count, value[end] != UInt8(ascii: "-") { end += 1 }
        cursor = end + 1
        return start..<end
    }
}
