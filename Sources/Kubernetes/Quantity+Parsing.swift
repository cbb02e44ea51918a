extension Quantity {
    /// The longest quantity that is read, in bytes; no real one comes near.
    private static let maximumLength = 64

    /// Parses a quantity; nil when it is none or is longer than 64 bytes.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        var rest = text.utf8[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let mantissa = Mantissa(&rest)
        guard mantissa.hasDigits, let suffix = Suffix(rest) else { return nil }
        let magnitude = mantissa.nanos(suffix)
        self.init(nanos: isNegative ? -magnitude : magnitude, format: suffix.format)
    }

    /// What the letters behind the digits stand for: `10^tens * 2^bits`.
    private struct Suffix {
        var tens = 0
        var bits = 0
        var format = Format.decimal

        init?(_ text: Substring.UTF8View) {
            guard let first = text.first else { return }
            if text.count == 1 {
                guard let tens = Self.tens(first) else { return nil }
                self.tens = tens
            } else if text.count == 2, text.last == UInt8(ascii: "i") {
                guard let bits = Self.bits(first) else { return nil }
                (self.bits, format) = (bits, .binary)
            } else {
                guard first | 0x20 == UInt8(ascii: "e"), let exponent = Int(Substring(text.dropFirst())) else {
                    return nil
                }
                (tens, format) = (exponent, .exponent)
            }
        }

        private static func tens(_ letter: UInt8) -> Int? {
            switch letter {
            case UInt8(ascii: "n"): -9
            case UInt8(ascii: "u"): -6
            case UInt8(ascii: "m"): -3
            case UInt8(ascii: "k"): 3
            case UInt8(ascii: "M"): 6
            case UInt8(ascii: "G"): 9
            case UInt8(ascii: "T"): 12
            case UInt8(ascii: "P"): 15
            case UInt8(ascii: "E"): 18
            default: nil
            }
        }

        private static func bits(_ letter: UInt8) -> Int? {
            switch letter {
            case UInt8(ascii: "K"): 10
            case UInt8(ascii: "M"): 20
            case UInt8(ascii: "G"): 30
            case UInt8(ascii: "T"): 40
            case UInt8(ascii: "P"): 50
            case UInt8(ascii: "E"): 60
            default: nil
            }
        }
    }

    /// The digits of a quantity: `digits * 10^tens`, and a little more when it is inexact.
    private struct Mantissa {
        var digits: UInt128 = 0
        var tens = 0
        var isInexact = false
        var hasDigits = false

        /// 10^37: from here on there may be no place for another digit.
        private static let limit: UInt128 = 10_000_000_000_000_000_000_000_000_000_000_000_000

        /// Takes digits with at most one point among them.
        init(_ text: inout Substring.UTF8View) {
            var isFraction = false
            while let byte = text.first {
                if byte == UInt8(ascii: "."), !isFraction {
                    isFraction = true
                } else if byte.isDigit {
                    append(byte - UInt8(ascii: "0"), isFraction: isFraction)
                } else {
                    return
                }
                text.removeFirst()
            }
        }

        /// Appends a digit; from the 39th significant one on it only counts as more than nothing.
        private mutating func append(_ digit: UInt8, isFraction: Bool) {
            hasDigits = true
            // What is less than 10^37 is less than 2^128 with one more digit.
            guard digits < Self.limit else {
                tens += isFraction ? 0 : 1
                isInexact = isInexact || digit != 0
                return
            }
            digits = digits * 10 + UInt128(digit)
            tens -= isFraction ? 1 : 0
        }

        /// The value with its suffix in billionths, rounded up and capped.
        func nanos(_ suffix: Suffix) -> Int128 {
            guard digits != 0 else { return 0 }
            let (exponent, overflow) = suffix.tens.addingReportingOverflow(tens + 9)
            guard !overflow, exponent <= 38 else { return suffix.tens > 0 ? Quantity.maximumNanos : 1 }
            guard exponent >= -76 else { return 1 }
            guard let value = exponent < 0 ? divided(-exponent, suffix.bits) : multiplied(exponent, suffix.bits),
                value < UInt128(Quantity.maximumNanos)
            else { return Quantity.maximumNanos }
            return Int128(value)
        }

        private func multiplied(_ tens: Int, _ bits: Int) -> UInt128? {
            let (product, overflow) = digits.multipliedReportingOverflow(by: Quantity.powerOfTen(tens))
            let (value, overflowToo) = product.multipliedReportingOverflow(by: 1 << UInt128(bits))
            guard !overflow, !overflowToo, value < UInt128(Quantity.maximumNanos) else { return nil }
            return isInexact ? value + 1 : value
        }

        private func divided(_ tens: Int, _ bits: Int) -> UInt128? {
            let product = digits.multipliedFullWidth(by: 1 << UInt128(bits))
            let divisor = Quantity.powerOfTen(min(tens, 38))
            // Otherwise the quotient has more than 128 bits.
            guard product.high < divisor else { return nil }
            let (partial, remainder) = divisor.dividingFullWidth(product)
            let (value, rest) = partial.quotientAndRemainder(dividingBy: Quantity.powerOfTen(max(0, tens - 38)))
            guard value < UInt128(Quantity.maximumNanos) else { return nil }
            return isInexact || remainder != 0 || rest != 0 ? value + 1 : value
        }
    }

    /// `10^exponent` for an exponent from 0 to 38.
    private static func powerOfTen(_ exponent: Int) -> UInt128 {
        var power: UInt128 = 1
        for _ in 0..<min(exponent, 38) {
            power *= 10
        }
        return power
    }
}
