extension TracePosition {
    /// Reads the value of `traceparent` (W3C Trace Context section 3.2), nil when it is none.
    ///
    /// ```
    /// 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01
    /// |  trace                            span             flags
    /// version; a later one may have more behind another hyphen
    /// ```
    public init?(traceparent value: Span<UInt8>) {
        guard (55...512).contains(value.count), let version = Hexadecimal.value(value, 0..<2), version != 0xFF,
            value.count == 55 || (version > 0 && value[55] == UInt8(ascii: "-")),
            value[2] == UInt8(ascii: "-"), value[35] == UInt8(ascii: "-"), value[52] == UInt8(ascii: "-"),
            let high = Hexadecimal.value(value, 3..<19), let low = Hexadecimal.value(value, 19..<35),
            let span = Hexadecimal.value(value, 36..<52), let flags = Hexadecimal.value(value, 53..<55)
        else { return nil }
        self.init(traceHigh: high, traceLow: low, span: span, isSampled: flags & 1 == 1)
    }

    /// Writes the value of `traceparent`.
    public func writeTraceparent(into out: inout [UInt8]) {
        out += "00-".utf8
        Hexadecimal.write(traceHigh, into: &out)
        Hexadecimal.write(traceLow, into: &out)
        out.append(UInt8(ascii: "-"))
        Hexadecimal.write(span, into: &out)
        out += isSampled == true || isDebug ? "-01".utf8 : "-00".utf8
    }
}
