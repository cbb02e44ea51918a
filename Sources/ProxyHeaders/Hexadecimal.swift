/// Hexadecimal digits of identifiers: read in lower case only, as both standards demand, written with all 16 digits.
enum Hexadecimal {
    /// The number that the digits in `range`, at most 16, stand for; nil when there is anything else.
    static func value(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64? {
        guard (1...16).contains(range.count), range.lowerBound >= 0, range.upperBound <= bytes.count else { return nil }
        var value: UInt64 = 0
        for index in range {
            let byte = bytes[index]
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: value = value << 4 | UInt64(byte - 0x57)
            default: return nil
            }
        }
        return value
    }

    /// Writes all 16 digits of `value`.
    static func write(_ value: UInt64, into out: inout [UInt8]) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(value >> UInt64(shift) & 0xF)
            out.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
