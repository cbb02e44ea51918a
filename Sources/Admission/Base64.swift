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
        // Safety: the buffer has room for `length` bytes, four for each begun group of three; a load of four bytes ends
        // within the bytes; an index of a pair has twelve bits.
        return unsafe [UInt8](unsafeUninitializedCapacity: length) { text, initialized in
            let text = UnsafeMutableRawBufferPointer(text)
            initialized = length
            var (index, place) = (0, 0)
            unsafe pairs.withUnsafeBufferPointer { pairs in
                unsafe bytes.withUnsafeBytes { bytes in
                    while index &+ 4 <= bytes.count {
                        let word = unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self).bigEndian
                        let first = unsafe UInt32(pairs[Int(word >> 20)])
                        let second = unsafe UInt32(pairs[Int(word >> 8 & 0xFFF)])
                        let letters = (first | second << 16).littleEndian
                        unsafe text.storeBytes(of: letters, toByteOffset: place, as: UInt32.self)
                        index &+= 3
                        place &+= 4
                    }
                }
            }
            for letter in letters(of: bytes[index...]) {
                unsafe text[place] = letter
                place &+= 1
            }
        }
    }

    /// The four letters of the last one to three bytes; none when there are none.
    private static func letters(of rest: ArraySlice<UInt8>) -> [UInt8] {
        guard !rest.isEmpty else { return [] }
        let padded = Array(rest) + [0, 0]
        let group = Int(padded[0]) << 16 | Int(padded[1]) << 8 | Int(padded[2])
        return (0..<4).map { place in
            place > rest.count ? UInt8(ascii: "=") : alphabet[group >> (18 - 6 * place) & 0x3F]
        }
    }
}
