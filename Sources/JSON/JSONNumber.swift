/// A JSON number that keeps its spelling (RFC 8259 section 6).
///
/// Nothing is converted on the way through: `9007199254740993`, `1e3` and `1.0` leave as they came.
public struct JSONNumber: Sendable {
    /// The number as it is written, always valid JSON.
    public let lexeme: String

    /// Makes a number from its spelling; nil when RFC 8259 does not allow it.
    public init?(_ lexeme: String) {
        var scanner = NumberScanner()
        guard lexeme.utf8.allSatisfy({ scanner.accept($0) }), scanner.isComplete else { return nil }
        self.lexeme = lexeme
    }

    /// Makes a number from an integer.
    public init(_ value: Int) {
        self.lexeme = String(value)
    }

    /// Makes a number from a spelling that the caller has checked.
    init(validated lexeme: String) {
        self.lexeme = lexeme
    }

    /// The value, when the number is spelled as an integer and fits.
    public var integer: Int? {
        Int(lexeme)
    }

    /// The nearest floating-point value; may be infinite.
    public var double: Double {
        Double(lexeme) ?? .nan
    }
}

extension JSONNumber: Hashable {
    /// Whether two numbers are the same: by value where both are integers, else by value as doubles or by spelling.
    public static func == (left: JSONNumber, right: JSONNumber) -> Bool {
        if left.lexeme == right.lexeme { return true }
        if let left = left.integer, let right = right.integer { return left == right }
        let (leftValue, rightValue) = (left.double, right.double)
        return leftValue == rightValue && leftValue.magnitude < 9_007_199_254_740_992
    }

    /// Feeds the value to `hasher`, consistently with `==`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(double)
    }
}
