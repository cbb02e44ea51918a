/// A Kubernetes quantity such as `64Mi`, `250m`, `1.5` or `1e3`
/// (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).
///
/// The value is exact: Kubernetes knows no fraction below a billionth (what is finer is rounded up) and nothing above
/// 2^63 - 1, so billionths fit 128 bits.
package struct Quantity: Sendable, Hashable {
    /// The value in billionths.
    package let nanos: Int128

    private static let decimalSuffixes: [String: Int] = [
        "n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18,
    ]
    private static let binarySuffixes: [String: Int] = ["Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60]

    /// Parses a quantity; nil when it is none, is longer than 64 bytes or is out of Kubernetes' range.
    package init?(_ text: String) {
        guard text.utf8.count <= 64 else { return nil }
        let unsigned = text.utf8.first.map { $0 == 0x2B || $0 == 0x2D } == true ? text.dropFirst() : Substring(text)
        let number = unsigned.prefix { $0 == "." || $0.isASCIIDigit }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let digits = Int128(parts.joined()), number.contains(where: \.isASCIIDigit) else {
            return nil
        }
        guard let (tens, shift) = Self.scale(unsigned[number.endIndex...]) else { return nil }
        let fraction = parts.count == 2 ? parts[1].utf8.count : 0
        let (shifted, overflow) = digits.multipliedReportingOverflow(by: 1 << Int128(shift))
        guard !overflow, let value = Self.scaled(shifted, byTens: tens + 9 - fraction) else { return nil }
        guard value <= Int128(Int64.max) * 1_000_000_000 else { return nil }
        nanos = text.utf8.first == UInt8(ascii: "-") ? -value : value
    }

    /// The power of ten and the power of two that a suffix stands for.
    private static func scale(_ suffix: Substring) -> (tens: Int, shift: Int)? {
        if let tens = decimalSuffixes[String(suffix)] { return (tens, 0) }
        if let shift = binarySuffixes[String(suffix)] { return (0, shift) }
        guard let first = suffix.first, first == "e" || first == "E", suffix.utf8.count <= 4 else { return nil }
        guard let exponent = Int(suffix.dropFirst()) else { return nil }
        return (exponent, 0)
    }

    private static func scaled(_ value: Int128, byTens tens: Int) -> Int128? {
        guard value != 0 else { return 0 }
        var (value, isInexact) = (value, false)
        for _ in 0..<abs(tens) {
            if tens > 0 {
                let (product, overflow) = value.multipliedReportingOverflow(by: 10)
                guard !overflow else { return nil }
                value = product
            } else {
                isInexact = isInexact || value % 10 != 0
                value /= 10
            }
        }
        return isInexact ? value + 1 : value
    }
}

extension Character {
    /// Whether the character is one of `0` to `9`.
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) && isASCII }
}
