/// Base 64 with padding (RFC 4648 section 4), the form of `response.patch`.
enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// The text for `bytes`.
    static func encode(_ bytes: [UInt8]) -> String {
        let length = (bytes.count + 2) / 3 * 4
        // Safety: the buffer has room for `length` bytes, which is four for each begun group of three.
        return unsafe String(unsafeUninitializedCapacity: length) { text in
            var (index, place) = (0, 0)
            while index < bytes.count {
                let rest = bytes.count - index
                let second = rest > 1 ? bytes[index + 1] : 0
                let third = rest > 2 ? bytes[index + 2] : 0
                let group = UInt32(bytes[index]) << 16 | UInt32(second) << 8 | UInt32(third)
                unsafe text[place] = letter(group >> 18)
                unsafe text[place + 1] = letter(group >> 12)
                unsafe text[place + 2] = rest > 1 ? letter(group >> 6) : UInt8(ascii: "=")
                unsafe text[place + 3] = rest > 2 ? letter(group) : UInt8(ascii: "=")
                index += 3
                place += 4
            }
            return length
        }
    }

    @inline(__always)
    private static func letter(_ bits: UInt32) -> UInt8 {
        // Safety: the alphabet has 64 letters, and the index is below 64.
        unsafe alphabet.utf8Start[Int(truncatingIfNeeded: bits & 0x3F)]
    }
}
