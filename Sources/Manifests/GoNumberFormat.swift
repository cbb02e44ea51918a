/// Spells floating-point numbers as Go does, because that is what Kubernetes' own tools print.
enum GoNumberFormat {
    /// A number as `encoding/json` writes it: digits from 1e-6 up to 1e21, an exponent outside.
    static func json(_ value: Double) -> String {
        let decimal = Decimal(value.description)
        let magnitude = value.magnitude
        guard magnitude != 0, magnitude < 1e-6 || magnitude >= 1e21 else { return decimal.plain }
        return decimal.scientific(exponentDigits: 1)
    }

    /// A number as a member name: `strconv.FormatFloat(value, 'g', -1, 32)`, and YAML's words for what is not finite.
    static func key(_ value: Double) -> String {
        if value.isNaN { return ".nan" }
        let single = Float(value)
        guard single.isFinite else { return value < 0 ? "-.inf" : ".inf" }
        let decimal = Decimal(single.description)
        let exponent = decimal.exponent
        // 6 is the precision that Go assumes for the shortest spelling.
        return single != 0 && (exponent < -4 || exponent >= 6)
            ? decimal.scientific(exponentDigits: 2)
            : decimal.plain
    }

    /// The shortest digits of a number and where its point stands.
    private struct Decimal {
        private let isNegative: Bool
        private let digits: [Character]
        /// How many of the digits stand before the point; may be negative or beyond the digits.
        private let point: Int

        /// Reads what Swift prints for a finite number.
        init(_ description: String) {
            isNegative = description.hasPrefix("-")
            let parts = description.drop { $0 == "-" }.split(separator: "e", maxSplits: 1)
            let mantissa = (parts.first ?? "0").split(separator: ".", omittingEmptySubsequences: false)
            let whole = Array(mantissa.first ?? "")
            let fraction = Array(mantissa.dropFirst().first ?? "")
            let exponent = parts.dropFirst().first.flatMap { Int($0) } ?? 0
            let all = whole + fraction
            let significant = Array(all.drop { $0 == "0" })
            point = significant.isEmpty ? 1 : whole.count + exponent - (all.count - significant.count)
            let trimmed = significant.reversed().drop { $0 == "0" }.reversed()
            digits = trimmed.isEmpty ? ["0"] : Array(trimmed)
        }

        /// The exponent in scientific notation.
        var exponent: Int { point - 1 }

        private var sign: String { isNegative ? "-" : "" }

        var plain: String {
            if point <= 0 {
                return sign + "0." + String(repeating: "0", count: -point) + String(digits)
            }
            if point >= digits.count {
                return sign + String(digits) + String(repeating: "0", count: point - digits.count)
            }
            return sign + String(digits[..<point]) + "." + String(digits[point...])
        }

        func scientific(exponentDigits: Int) -> String {
            let fraction = digits.count > 1 ? "." + String(digits[1...]) : ""
            let magnitude = String(exponent.magnitude)
            let padding = String(repeating: "0", count: max(0, exponentDigits - magnitude.count))
            return sign + String(digits[0]) + fraction + "e" + (exponent < 0 ? "-" : "+") + padding + magnitude
        }
    }
}
