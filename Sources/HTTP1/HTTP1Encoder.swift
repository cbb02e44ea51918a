/// The pieces of framing that a proxy writes itself.
public enum HTTP1Encoder {
    /// The last chunk without trailers.
    public static let lastChunk: StaticString = "0\r\n\r\n"

    /// The line that starts a chunk of `count` bytes, as ASCII in the low bytes of a word with its length.
    ///
    /// - Parameter count: The bytes in the chunk, 1 to 0xFF_FFFF (a read is never larger; split what is).
    /// - Returns: The digits, CR and LF, first byte lowest, and how many they are.
    public static func chunkLine(_ count: Int) -> (word: UInt64, length: Int) {
        var word: UInt64 = 0x0A0D
        var length = 2
        var rest = min(max(count, 0), 0xFF_FFFF)
        repeat {
            let digit = UInt64(rest & 0xF)
            word = word << 8 | (digit < 10 ? 0x30 + digit : 0x57 + digit)
            length += 1
            rest >>= 4
        } while rest > 0
        return (word, length)
    }
}
