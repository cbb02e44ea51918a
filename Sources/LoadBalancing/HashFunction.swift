/// The functions that place endpoints on rings: `hash_function`.
public enum HashFunction: Sendable, Hashable, CaseIterable {
    /// xxHash64.
    case xxHash
    /// MurmurHash2 for 64 bits.
    case murmurHash2

    /// The hash of `bytes`.
    func hash(_ bytes: Span<UInt8>) -> UInt64 {
        switch self {
        case .xxHash: XXHash64.hash(bytes)
        case .murmurHash2: MurmurHash2.hash(bytes)
        }
    }
}
