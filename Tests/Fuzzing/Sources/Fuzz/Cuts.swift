/// Where an input is cut into what arrives at a time: the same seed gives the same cuts.
struct Cuts {
    private var state: UInt64

    init(seed: UInt8) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    /// The end of the piece that begins at `start` of `count` bytes: often one byte, seldom many.
    mutating func end(from start: Int, of count: Int) -> Int {
        // Xorshift, as good as any here.
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        let size = [1, 1, 2, 3, 7, 40, 300, 5000][Int(state >> 32 & 7)]
        return min(start + size, count)
    }
}
