/// A set of characters in a pattern: ranges of Unicode scalars, or all but those.
struct ScalarSet: Hashable, Sendable {
    /// The ranges.
    var ranges: [ClosedRange<UInt32>] = []
    /// Whether the set is everything outside the ranges.
    var isNegated = false

    /// Any character but a line feed.
    static let any = ScalarSet(ranges: [10...10], isNegated: true)

    /// Whether the set holds `scalar`.
    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isNegated
    }

    /// The set of one character.
    static func only(_ scalar: Unicode.Scalar) -> ScalarSet {
        ScalarSet(ranges: [scalar.value...scalar.value])
    }

    /// The set that an escape such as `\d` stands for; nil when the letter stands for none.
    static func escape(_ letter: Unicode.Scalar) -> ScalarSet? {
        switch letter {
        case "d", "D": ScalarSet(ranges: [48...57], isNegated: letter == "D")
        case "w", "W": ScalarSet(ranges: [48...57, 65...90, 95...95, 97...122], isNegated: letter == "W")
        case "s", "S": ScalarSet(ranges: [9...13, 32...32], isNegated: letter == "S")
        case "n": only("\n")
        case "t": only("\t")
        case "r": only("\r")
        default: letter.properties.isAlphabetic || ("0"..."9").contains(letter) ? nil : only(letter)
        }
    }
}
