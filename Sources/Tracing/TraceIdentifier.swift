/// Names a trace: 16 bytes, not all zero (W3C Trace Context, section 3.2.2.3).
public struct TraceIdentifier: Sendable, Hashable {
    private let high: UInt64
    private let low: UInt64

    /// Makes an identifier; nil when all bytes are zero.
    public init?(high: UInt64, low: UInt64) {
        guard high | low != 0 else { return nil }
        self.high = high
        self.low = low
    }

    /// Makes a new identifier.
    public static func random() -> TraceIdentifier {
        while true {
            let (high, low) = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
            if let identifier = TraceIdentifier(high: high, low: low) { return identifier }
        }
    }

    /// 32 lower-case hexadecimal digits.
    public var text: String { Hexadecimal.text(high) + Hexadecimal.text(low) }
}
