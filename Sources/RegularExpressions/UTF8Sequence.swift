/// Ranges of bytes that, one after the other, are the UTF-8 forms of a range of scalars.
struct UTF8Sequence {
    var bytes: [ClosedRange<UInt8>]

    /// The sequences for all scalars of `range`.
    static func sequences(_ range: ClosedRange<UInt32>) -> [UTF8Sequence] {
        var result: [UTF8Sequence] = []
        for (length, limits) in [(1, 0...0x7F), (2, 0x80...0x7FF), (3, 0x800...0xFFFF), (4, 0x10000...0x10FFFF)]
            as [(Int, ClosedRange<UInt32>)]
        where range.overlaps(limits) {
            let part = range.clamped(to: limits)
            split(part.lowerBound, part.upperBound, length, into: &result)
        }
        return result
    }

    // Ranges are cut until the bytes after the first that differs run over all continuations.
    private static func split(_ low: UInt32, _ high: UInt32, _ length: Int, into result: inout [UTF8Sequence]) {
        for index in 1..<max(length, 1) {
            let mask: UInt32 = (1 << (6 * UInt32(index))) - 1
            guard low & ~mask != high & ~mask else { continue }
            if low & mask != 0 {
                split(low, low | mask, length, into: &result)
                split((low | mask) + 1, high, length, into: &result)
                return
            }
            if high & mask != mask {
                split(low, (high & ~mask) - 1, length, into: &result)
                split(high & ~mask, high, length, into: &result)
                return
            }
        }
        let (first, last) = (encoded(low, length), encoded(high, length))
        result.append(UTF8Sequence(bytes: zip(first, last).map { min($0, $1)...max($0, $1) }))
    }

    private static func encoded(_ scalar: UInt32, _ length: Int) -> [UInt8] {
        guard length > 1 else { return [UInt8(truncatingIfNeeded: scalar)] }
        var bytes: [UInt8] = []
        let marks: [UInt8] = [0, 0, 0xC0, 0xE0, 0xF0]
        for index in (0..<length).reversed() {
            let bits = UInt8(truncatingIfNeeded: scalar >> (6 * UInt32(index)))
            bytes.append(index == length - 1 ? marks[length] | bits : 0x80 | bits & 0x3F)
        }
        return bytes
    }
}
