/// A length of time as Go writes it: `90s`, `1h30m`, `1.5s`, `250ms` (https://pkg.go.dev/time#ParseDuration).
package struct TimeSpan: Sendable, Hashable {
    /// The length in nanoseconds, at most what Go can hold (about 292 years).
    package let nanoseconds: Int128

    /// Units by name, in nanoseconds; longer names before those they begin with.
    private static let units: [(name: String, nanoseconds: Int128)] = [
        ("ns", 1), ("us", 1000), ("µs", 1000), ("μs", 1000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Parses a length of time; nil when it is none, has a sign, is longer than 64 bytes or too long for Go.
    package init?(_ text: String) {
        guard (1...64).contains(text.utf8.count) else { return nil }
        guard text != "0" else {
            nanoseconds = 0
            return
        }
        var rest = Substring(text)
        var total: Int128 = 0
        while !rest.isEmpty {
            guard let part = Self.part(&rest) else { return nil }
            total += part
            guard total <= Int128(Int64.max) else { return nil }
        }
        nanoseconds = total
    }

    /// Takes a number with its unit.
    private static func part(_ rest: inout Substring) -> Int128? {
        let whole = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(whole.count)
        var fraction = Substring()
        if rest.first == "." {
            fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard let unit = units.first(where: { rest.hasPrefix($0.name) }), whole.utf8.count + fraction.utf8.count > 0
        else {
            return nil
        }
        rest = rest.dropFirst(unit.name.count)
        // 18 digits times the largest unit is less than 4 * 10^30 and fits; a finer fraction is less than any unit.
        guard whole.utf8.count <= 18, fraction.utf8.count <= 18 else { return nil }
        var scale: Int128 = 1
        for _ in fraction {
            scale *= 10
        }
        let wholeValue = (Int128(whole) ?? 0) * unit.nanoseconds
        return wholeValue + (Int128(fraction) ?? 0) * unit.nanoseconds / scale
    }
}

extension TimeSpan: Comparable {
    /// Whether `left` is shorter than `right`.
    package static func < (left: TimeSpan, right: TimeSpan) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension TimeSpan: CustomStringConvertible {
    /// The spelling that Go gives: `1h30m0s`, `1.5s`, `250ms`, and `0s`.
    package var description: String {
        switch nanoseconds {
        case 0: "0s"
        case ..<1000: "\(nanoseconds)ns"
        case ..<1_000_000: "\(Self.decimal(nanoseconds, unit: 1000))µs"
        case ..<1_000_000_000: "\(Self.decimal(nanoseconds, unit: 1_000_000))ms"
        default: clock
        }
    }

    private var clock: String {
        let seconds = "\(Self.decimal(nanoseconds % 60_000_000_000, unit: 1_000_000_000))s"
        let minutes = nanoseconds / 60_000_000_000
        guard minutes > 0 else { return seconds }
        return minutes < 60 ? "\(minutes)m\(seconds)" : "\(minutes / 60)h\(minutes % 60)m\(seconds)"
    }

    /// A number of units with its fraction, without zeros at the end.
    private static func decimal(_ value: Int128, unit: Int128) -> String {
        let (whole, rest) = value.quotientAndRemainder(dividingBy: unit)
        guard rest != 0 else { return "\(whole)" }
        // The unit in front keeps the zeros behind the point.
        var digits = "\(unit + rest)".dropFirst()
        while digits.last == "0" {
            digits.removeLast()
        }
        return "\(whole).\(digits)"
    }
}
