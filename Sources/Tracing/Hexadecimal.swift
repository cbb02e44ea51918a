/// Hexadecimal digits as Trace Context writes them: lower case only.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    /// The number that up to 16 digits stand for; nil when there is anything else.
    static func value(_ bytes: ArraySlice<UInt8>) -> UInt64? {
        guard (1...16).contains(bytes.count) else { return nil }
        var value: UInt64 = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }

    /// All 16 digits of a number.
    static func text(_ value: UInt64) -> String {
        let bytes = stride(from: 60, through: 0, by: -4).map { digits[Int(value >> UInt64($0) & 15)] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
