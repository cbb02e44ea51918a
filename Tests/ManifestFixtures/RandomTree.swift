public import JSON

/// Makes JSON trees that are hard to write as YAML; the same seed makes the same trees.
public struct RandomTree: RandomNumberGenerator {
    private static let pieces = [
        "a", "b", "Z", "0", "1", "9", ".", ":", ": ", " #", "-", "- ", "?", "!", "&", "*", "|", ">", "%", "@", "`", "'",
        "\"", "\\", "{",
        "}", "[", "]", ",", " ", "  ", "\t", "\n", "\n\n", "\n ", "\r", "\r\n", "e", "+", "_", "=", "<<", "~", "y",
        "no", "null", "true",
        "é", "日", "😀", "\u{85}", "\u{A0}", "\u{2028}", "\u{FEFF}", "\u{202E}", "\u{0}", "\u{1B}", "\u{7F}", "---",
        "...", "x", "$(A)", "/",
        "\u{E000}", "\u{FFFD}", "e\u{301}", "0x", "0o", "12:30",
    ]

    private var state: UInt64

    /// Starts at a seed.
    public init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A tree of at most `depth` levels.
    public mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &self) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &self))
        case 2: return number()
        case 3...5: return .string(string())
        case 6, 7: return .array((0..<Int.random(in: 0..<4, using: &self)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0..<4, using: &self) {
                object[string()] = value(depth: depth - 1)
            }
            return .object(object)
        }
    }

    private mutating func number() -> JSONValue {
        let spellings = [
            "0", "-0", "1", "-17", "1.5", "1.0", "1e3", "1E-3", "-2.5e+10", "9007199254740993", "18446744073709551616",
        ]
        return spellings.randomElement(using: &self).flatMap { JSONNumber($0) }.map(JSONValue.number) ?? .null
    }

    private mutating func string() -> String {
        (0..<Int.random(in: 0..<7, using: &self)).map { _ in Self.pieces.randomElement(using: &self) ?? "" }.joined()
    }
}
