/// Writes numbers without making strings of them.
enum Decimal {
    /// Writes `number` with at least `width` digits.
    static func write(_ number: Int, width: Int = 1, into out: inout [UInt8]) {
        if number < 0 { out.append(UInt8(ascii: "-")) }
        write(UInt64(number.magnitude), width: width, into: &out)
    }

    /// Writes `number` with at least `width` digits.
    static func write(_ number: UInt64, width: Int = 1, into out: inout [UInt8]) {
        let start = out.count
        var rest = number
        repeat {
            out.append(0x30 + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        while out.count - start < width { out.append(0x30) }
        var left = start
        var right = out.count - 1
        while left < right {
            out.swapAt(left, right)
            left += 1
            right -= 1
        }
    }
}
