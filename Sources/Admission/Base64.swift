/// Base 64 with padding (RFC 4648 section 4), the form of `response.patch`.
enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    /// The ASCII text for `bytes`.
    static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let length = (bytes.count + 2) / 3 * 4
        // Safety: the buffer has room for `length` bytes, which is four for each begun group of three; every byte that
        // is read is below `count`, and every letter's index below 64.
        return unsafe [UInt8](unsafeUninitializedCapacity: length) { text, initialized in
            initialized = length
            unsafe bytes.withUnsafeBufferPointer { source in
                guard let input = source.baseAddress, let output = text.baseAddress else { return }
                let letters = unsafe alphabet.utf8Start
                let count = source.count
                var (index, place) = (0, 0)
                while index &+ 3 <= count {
                    let group =
                        unsafe UInt(input[index]) << 16 | UInt(input[index &+ 1]) << 8 | UInt(input[index &+ 2])
                    unsafe output[place] = letters[Int(bitPattern: group >> 18)]
                    unsafe output[place &+ 1] = letters[Int(bitPattern: group >> 12 & 0x3F)]
                    unsafe output[place &+ 2] = letters[Int(bitPattern: group >> 6 & 0x3F)]
                    unsafe output[place &+ 3] = letters[Int(bitPattern: group & 0x3F)]
                    index &+= 3
                    place &+= 4
                }
                guard index < count else { return }
                let isPair = index &+ 1 < count
                let group = unsafe UInt(input[index]) << 16 | (isPair ? UInt(input[index &+ 1]) << 8 : 0)
                unsafe output[place] = letters[Int(bitPattern: group >> 18)]
                unsafe output[place &+ 1] = letters[Int(bitPattern: group >> 12 & 0x3F)]
                unsafe output[place &+ 2] = isPair ? letters[Int(bitPattern: group >> 6 & 0x3F)] : UInt8(ascii: "=")
                unsafe output[place &+ 3] = UInt8(ascii: "=")
            }
        }
    }
}
