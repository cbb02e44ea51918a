/// Makes the values of `x-request-id`: version 4 UUIDs.
///
/// They tell requests apart in logs and are no secret, so a generator seeded once by the system suffices; asking the
/// system every time would cost two calls into the kernel a request.
struct RequestIdentifier {
    private var state: UInt64

    init() {
        state = UInt64.random(in: .min ... .max)
    }

    /// The next random word.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Writes 36 characters such as `2f1c9f6e-6c1a-4a7b-9d55-3f0a1b2c3d4e` through `put`.
    mutating func write(_ put: (UInt8) -> Void) {
        let high = next() & ~0xF000 | 0x4000
        let low = next() & ~(0b11 << 62) | 0b10 << 62
        for position in 0..<32 {
            if position == 8 || position == 12 || position == 16 || position == 20 { put(UInt8(ascii: "-")) }
            let word = position < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (position % 16))) & 0xF
            put(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
