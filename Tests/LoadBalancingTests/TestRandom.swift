/// Random words that are the same in every run.
struct TestRandom {
    private var state: UInt64

    init(_ seed: UInt64 = 1) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var word = state
        word = (word ^ word >> 32) &* 0xD6E8_FEB8_6659_FD93
        return word ^ word >> 32
    }
}
