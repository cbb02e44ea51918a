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

    /// The 32 digits of the next UUID, such as `2f1c9f6e6c1a4a7b9d553f0a1b2c3d4e`, eight a word, the first lowest.
    mutating func digits() -> (UInt64, UInt64, UInt64, UInt64) {
        // RFC 9562 section 5.4: the version is 4, the variant 10.
        let high = next() & ~0xF000 | 0x4000
        let low = next() & ~(0b11 << 62) | 0b10 << 62
        return (
            Self.hexadecimal(high >> 32), Self.hexadecimal(high & 0xFFFF_FFFF),
            Self.hexadecimal(low >> 32), Self.hexadecimal(low & 0xFFFF_FFFF)
        )
    }

    /// The eight digits of 32 bits, the most significant in the lowest byte.
    static func hexadecimal(_ value: UInt64) -> UInt64 {
        // Halves, bytes and digits are spread over twice their room and change places.
        var word = (value >> 16) | (value & 0xFFFF) << 32
        word = (word >> 8) & 0x0000_00FF_0000_00FF | (word & 0x0000_00FF_0000_00FF) << 16
        word = (word >> 4) & 0x000F_000F_000F_000F | (word & 0x000F_000F_000F_000F) << 8
        // Digits from 10 on carry into the fifth bit when 6 is added; letters begin 0x27 behind what follows 9.
        let isLetter = (word &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return word &+ 0x3030_3030_3030_3030 &+ isLetter &* 0x27
    }
}
