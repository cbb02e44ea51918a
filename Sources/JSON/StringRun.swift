/// A run of bytes inside a JSON string that stand for themselves (RFC 8259 section 7).
///
/// Eight bytes are looked at together, by the carry trick for bytes below a limit
/// (https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord).
struct StringRun {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The first byte that ends the run: a quote, a backslash, a control character or the end of the text.
    let end: Int
    /// Whether every byte of the run is ASCII.
    let isASCII: Bool

    /// Finds the end of the run that begins at `start`.
    @inline(__always)
    init(in text: Span<UInt8>, from start: Int) {
        let bytes = unsafe text.bytes
        var position = start
        var union: UInt64 = 0
        let count = bytes.byteCount
        while position &+ 8 <= count {
            // Safety: the load checks its bounds, and every bit pattern is an integer.
            let word = UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let special = Self.specialBytes(of: word)
            guard special == 0 else {
                // A borrow only runs towards later bytes, so the first mark is right.
                let bits = special.trailingZeroBitCount & ~7
                end = position &+ bits / 8
                isASCII = (union | word & ~(UInt64.max << UInt64(bits))) & Self.highBits == 0
                return
            }
            union |= word
            position &+= 8
        }
        while position < count {
            let byte = text[position]
            guard byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else { break }
            union |= UInt64(byte)
            position &+= 1
        }
        end = position
        isASCII = union & Self.highBits == 0
    }

    /// Marks the first of eight bytes that is a control character, a quote or a backslash by its high bit; bytes after
    /// it may be marked wrongly.
    @inline(__always)
    private static func specialBytes(of word: UInt64) -> UInt64 {
        let control = (word &- ones &* 0x20) & ~word
        let quote = word ^ ones &* 0x22
        let backslash = word ^ ones &* 0x5C
        return (control | (quote &- ones) & ~quote | (backslash &- ones) & ~backslash) & highBits
    }
}
