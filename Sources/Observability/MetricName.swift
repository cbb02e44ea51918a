/// The name of a metric or a label: a letter or underscore, then letters, digits and underscores.
///
/// Names are constants of the program, so a wrong one is a mistake in it and traps at the first start.
public struct MetricName: Sendable, Hashable, ExpressibleByStringLiteral {
    /// The name.
    public let text: String

    /// Makes a name from a literal.
    public init(stringLiteral text: String) {
        precondition(Self.isName(text), "'\(text)' is not a metric or label name")
        self.text = text
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
