/// Writes numbers without making strings of them.
enum Decimal {
    /// Writes `number` with at least `width` digits.
    static func write(_ number: Int, width: Int = 1, into out: inout [UInt8]) {
        if number < 0 { out.append(UInt8(ascii: "-")) }
        write(UInt64(number.magnitude), width: width, into: &out)
    }

    /// Writes `number` with at least `width` digits.
    static func write(_ number: UInt64, width: Int = 1, into out: inout [UInt8]) {
        var divisor: UInt64 = 1
        var digits = 1
        while digits < 20, number / divisor > 9 || digits < width {
            divisor *= 10
            digits += 1
        }
        var rest = number
        for _ in 0..<digits {
            out.append(0x30 + UInt8(rest / divisor))
            rest %= divisor
            divisor = max(1, divisor / 10)
        }
    }
}
