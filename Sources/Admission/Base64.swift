/// Base 64 with padding (RFC 4648 section 4), the form of `response.patch`.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// The two letters for each twelve bits, the first in the low byte: a patch is nearly all of an answer.
    private static let pairs: [UInt16] = alphabet.flatMap { first in
        alphabet.map { second in UInt16(second) << 8 | UInt16(first) }
    }

    /// The ASCII text for `bytes`.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let length = (bytes.count + 2) / 3 * 4
        // Safety: the buffer has room for `length` bytes, four for each begun group of three; every byte that is read
        // is below `count`, and every index of a pair has twelve bits.
        return unsafe [UInt8](unsafeUninitializedCapacity: length) { text, initialized in
            initialized = length
            unsafe pairs.withUnsafeBufferPointer { pairs in
                var place = 0
                var index = 0
                while index &+ 3 <= bytes.count {
                    let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index &+ 1]) << 8 | UInt32(bytes[index &+ 2])
                    let letters = unsafe UInt32(pairs[Int(group >> 12)]) | UInt32(pairs[Int(group & 0xFFF)]) << 16
                    unsafe UnsafeMutableRawBufferPointer(text).storeBytes(
                        of: letters.littleEndian,
                        toByteOffset: place,
                        as: UInt32.self
                    )
                    index &+= 3
                    place &+= 4
                }
                guard index < bytes.count else { return }
                let isPair = index &+ 1 < bytes.count
                let group = UInt32(bytes[index]) << 16 | (isPair ? UInt32(bytes[index &+ 1]) << 8 : 0)
                unsafe text[place] = alphabet[Int(group >> 18)]
                unsafe text[place &+ 1] = alphabet[Int(group >> 12 & 0x3F)]
                unsafe text[place &+ 2] = isPair ? alphabet[Int(group >> 6 & 0x3F)] : UInt8(ascii: "=")
                unsafe text[place &+ 3] = UInt8(ascii: "=")
            }
        }
    }
}
