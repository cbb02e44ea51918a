/// The hash function xxHash64, by which Envoy places endpoints on rings and requests among them.
///
/// Not for secrets: whoever knows the input knows the hash.
public enum XXHash64 {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The hash of `bytes`.
    public static func hash(_ bytes: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
        var offset = 0
        var hash: UInt64
        if bytes.count >= 32 {
            var lanes = Lanes(seed: seed)
            while offset + 32 <= bytes.count {
                lanes.add(bytes, at: offset)
                offset += 32
            }
            hash = lanes.merged
        } else {
            hash = seed &+ prime5
        }
        hash = hash &+ UInt64(bytes.count)
        return avalanche(addRest(of: bytes, from: offset, to: hash))
    }

    /// The hash of the UTF-8 of `text`.
    public static func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
        hash(Array(text.utf8).span, seed: seed)
    }

    /// The hash of several parts of a request, as Envoy joins the results of hash policies.
    ///
    /// - Parameters:
    ///   - hash: The hash of the parts before, or nil for the first.
    ///   - next: The hash of the next part.
    /// - Returns: The hash of all of them.
    public static func combine(_ hash: UInt64?, _ next: UInt64) -> UInt64 {
        guard let hash else { return next }
        return rotate(hash, 1) ^ next
    }

    private static func addRest(of bytes: Span<UInt8>, from start: Int, to hash: UInt64) -> UInt64 {
        var hash = hash
        var offset = start
        while offset + 8 <= bytes.count {
            hash = rotate(hash ^ round(0, word(bytes, offset, 8)), 27) &* prime1 &+ prime4
            offset += 8
        }
        if offset + 4 <= bytes.count {
            hash = rotate(hash ^ word(bytes, offset, 4) &* prime1, 23) &* prime2 &+ prime3
            offset += 4
        }
        while offset < bytes.count {
            hash = rotate(hash ^ UInt64(bytes[offset]) &* prime5, 11) &* prime1
            offset += 1
        }
        return hash
    }

    private static func avalanche(_ hash: UInt64) -> UInt64 {
        var hash = hash
        hash = (hash ^ hash >> 33) &* prime2
        hash = (hash ^ hash >> 29) &* prime3
        return hash ^ hash >> 32
    }

    private static func round(_ lane: UInt64, _ input: UInt64) -> UInt64 {
        rotate(lane &+ input &* prime2, 31) &* prime1
    }

    private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value << count | value >> (64 - count)
    }

    /// The `length` bytes at `offset`, lowest first.
    private static func word(_ bytes: Span<UInt8>, _ offset: Int, _ length: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in 0..<length { word |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
        return word
    }

    /// The four sums that run beside each other over stripes of 32 bytes.
    private struct Lanes {
        private var lanes: SIMD4<UInt64>

        init(seed: UInt64) {
            lanes = SIMD4(seed &+ prime1 &+ prime2, seed &+ prime2, seed, seed &- prime1)
        }

        mutating func add(_ bytes: Span<UInt8>, at offset: Int) {
            for lane in 0..<4 { lanes[lane] = round(lanes[lane], word(bytes, offset + 8 * lane, 8)) }
        }

        var merged: UInt64 {
            var hash =
                rotate(lanes[0], 1) &+ rotate(lanes[1], 7) &+ rotate(lanes[2], 12) &+ rotate(lanes[3], 18)
            for lane in 0..<4 { hash = (hash ^ round(0, lanes[lane])) &* prime1 &+ prime4 }
            return hash
        }
    }
}
