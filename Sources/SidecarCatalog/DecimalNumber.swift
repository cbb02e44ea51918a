/// A decimal number of any size that can be compared exactly.
///
/// It is `sign × 0.d₁d₂d₃… × 10^exponent`, with neither leading nor trailing zeros among the digits.
struct DecimalNumber: Hashable, Sendable {
    private let isNegative: Bool
    private let exponent: Int
    private let digits: [UInt8]

    /// Makes a number from a JSON spelling, of which the caller has checked the grammar; nil when its exponent has more
    /// than six digits.
    init?(_ lexeme: String) {
        let isNegative = lexeme.utf8.first == UInt8(ascii: "-")
        let parts = lexeme.utf8.drop { $0 == UInt8(ascii: "-") }.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
        guard let mantissa = parts.first else { return nil }
        var power = 0
        if parts.count == 2 {
            guard parts[1].count <= 7, let written = Int(Substring(parts[1])) else { return nil }
            power = written
        }
        let numbers = mantissa.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        let all = numbers.flatMap(Array.init)
        let significant = all.drop { $0 == UInt8(ascii: "0") }
        digits = Array(significant.reversed().drop { $0 == UInt8(ascii: "0") }.reversed())
        let leadingZeros = all.count - significant.count
        exponent = digits.isEmpty ? 0 : power + (numbers.first?.count ?? 0) - leadingZeros
        self.isNegative = isNegative && !digits.isEmpty
    }

    /// Makes a number from an integer.
    init(_ value: Int128) {
        let text = value.magnitude.description.utf8.drop { $0 == UInt8(ascii: "0") }
        isNegative = value < 0
        exponent = text.count
        digits = Array(text.reversed().drop { $0 == UInt8(ascii: "0") }.reversed())
    }
}

extension DecimalNumber: Comparable {
    /// Whether `left` is less than `right`.
    static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        guard left.isNegative == right.isNegative else { return left.isNegative }
        return left.isNegative ? right.magnitudePrecedes(left) : left.magnitudePrecedes(right)
    }

    private func magnitudePrecedes(_ other: DecimalNumber) -> Bool {
        guard !digits.isEmpty, !other.digits.isEmpty else { return digits.isEmpty && !other.digits.isEmpty }
        guard exponent == other.exponent else { return exponent < other.exponent }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}
