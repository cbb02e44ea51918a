/// Names a span within its trace: 8 bytes, not all zero (W3C Trace Context, section 3.2.2.4).
public struct SpanIdentifier: Sendable, Hashable {
    private let value: UInt64

    /// Makes an identifier; nil when all bytes are zero.
    public init?(_ value: UInt64) {
        guard value != 0 else { return nil }
        self.value = value
    }

    /// Makes a new identifier.
    public static func random() -> SpanIdentifier {
        while true {
            if let identifier = SpanIdentifier(UInt64.random(in: .min ... .max)) { return identifier }
        }
    }

    /// 16 lower-case hexadecimal digits.
    public var text: String { Hexadecimal.text(value) }
}
