/// A set of Unicode scalars as ranges in ascending order that do not touch.
struct CodePointSet: Equatable {
    private(set) var ranges: [ClosedRange<UInt32>] = []

    static let largest: UInt32 = 0x10FFFF

    init() {}

    init(_ ranges: [ClosedRange<UInt32>]) {
        self.ranges = Self.merged(ranges)
    }

    init(_ scalar: UInt32) {
        ranges = [scalar...scalar]
    }

    /// Everything that is not in the set.
    var inverted: CodePointSet {
        var result: [ClosedRange<UInt32>] = []
        var start: UInt32 = 0
        for range in ranges {
            if range.lowerBound > start { result.append(start...(range.lowerBound - 1)) }
            start = range.upperBound + 1
        }
        if start <= Self.largest { result.append(start...Self.largest) }
        return CodePointSet(result)
    }

    /// The set with the other case of every ASCII letter in it.
    var foldingASCII: CodePointSet {
        var result = ranges
        for range in ranges {
            let upper = range.clamped(to: 0x41...0x5A)
            let lower = range.clamped(to: 0x61...0x7A)
            if range.overlaps(0x41...0x5A) { result.append((upper.lowerBound + 32)...(upper.upperBound + 32)) }
            if range.overlaps(0x61...0x7A) { result.append((lower.lowerBound - 32)...(lower.upperBound - 32)) }
        }
        return CodePointSet(result)
    }

    mutating func formUnion(_ other: CodePointSet) {
        ranges = Self.merged(ranges + other.ranges)
    }

    private static func merged(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var result: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound + 1 {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}

extension CodePointSet {
    static let digits = CodePointSet([0x30...0x39])
    static let words = CodePointSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = CodePointSet([0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let newline = CodePointSet(0x0A)
    static let all = CodePointSet([0...largest])

    /// The set of a POSIX class, such as `alpha`.
    static func posix(_ name: String) -> CodePointSet? {
        switch name {
        case "alnum": CodePointSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A])
        case "alpha": CodePointSet([0x41...0x5A, 0x61...0x7A])
        case "ascii": CodePointSet([0...0x7F])
        case "blank": CodePointSet([0x09...0x09, 0x20...0x20])
        case "cntrl": CodePointSet([0...0x1F, 0x7F...0x7F])
        case "digit": digits
        case "graph": CodePointSet([0x21...0x7E])
        case "lower": CodePointSet([0x61...0x7A])
        case "print": CodePointSet([0x20...0x7E])
        case "punct": CodePointSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
        case "space": CodePointSet([0x09...0x0D, 0x20...0x20])
        case "upper": CodePointSet([0x41...0x5A])
        case "word": words
        case "xdigit": CodePointSet([0x30...0x39, 0x41...0x46, 0x61...0x66])
        default: nil
        }
    }
}
