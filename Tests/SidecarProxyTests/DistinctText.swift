/// Text that is different everywhere, so that a piece that is lost, doubled or misplaced shows.
enum DistinctText {
    /// Makes `count` characters of ASCII.
    static func make(_ count: Int) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        var number = 0
        while bytes.count < count {
            var rest = number
            for _ in 0..<7 {
                bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
                rest /= 10
            }
            bytes.append(UInt8(ascii: " "))
            number += 1
        }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
