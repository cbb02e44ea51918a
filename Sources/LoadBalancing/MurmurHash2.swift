/// The hash function MurmurHash2 for 64 bits, which rings use where a file says `MURMUR_HASH_2`.
///
/// Envoy names it because standard libraries of C++ hash strings by it; the seed is theirs.
public enum MurmurHash2 {
    private static let multiplier: UInt64 = 0xC6A4_A793_5BD1_E995
    private static let standardSeed: UInt64 = 0xC70F_6907

    /// The hash of `bytes`.
    public static func hash(_ bytes: Span<UInt8>) -> UInt64 {
        var hash = standardSeed ^ UInt64(bytes.count) &* multiplier
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = mixed(self.word(bytes, offset, 8) &* multiplier) &* multiplier
            hash = (hash ^ word) &* multiplier
            offset += 8
        }
        if offset < bytes.count { hash = (hash ^ word(bytes, offset, bytes.count - offset)) &* multiplier }
        return mixed(mixed(hash) &* multiplier)
    }

    private static func mixed(_ value: UInt64) -> UInt64 { value ^ value >> 47 }

    /// The `length` bytes at `offset`, lowest first.
    private static func word(_ bytes: Span<UInt8>, _ offset: Int, _ length: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<length { word |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        return word
    }
}
