/// Base 64 with padding (RFC 4648 section 4), the form of `response.patch`.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text for `bytes`.
    static func encode(_ bytes: [UInt8]) -> String {
        let alphabet = alphabet
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        func letter(_ group: UInt32, _ shift: UInt32) -> UInt8 {
            alphabet[Int(truncatingIfNeeded: group >> shift & 0x3F)]
        }
        var index = 0
        while index + 2 < bytes.count {
            let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
            text.append(letter(group, 18))
            text.append(letter(group, 12))
            text.append(letter(group, 6))
            text.append(letter(group, 0))
            index += 3
        }
        let rest = bytes[index...]
        guard let first = rest.first else { return String(decoding: text, as: UTF8.self) }
        let second = rest.dropFirst().first
        let group = UInt32(first) << 16 | UInt32(second ?? 0) << 8
        text.append(letter(group, 18))
        text.append(letter(group, 12))
        text.append(second == nil ? UInt8(ascii: "=") : letter(group, 6))
        text.append(UInt8(ascii: "="))
        return String(decoding: text, as: UTF8.self)
    }
}
