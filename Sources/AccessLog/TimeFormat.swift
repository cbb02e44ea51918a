/// A format of time such as `%Y-%m-%dT%H:%M:%S.%3fZ`: the specifiers of strftime, and Envoy's for fractions.
///
/// Times are in UTC.
struct TimeFormat: Sendable, Hashable {
    private enum Piece: Sendable, Hashable {
        case literal(UInt8)
        case specifier(UInt8)
        /// That many digits of the fraction of the second.
        case fraction(Int)
        /// Seconds with that many digits behind the point.
        case fractionalSecond(Int)
    }

    private var pieces: [Piece] = []
    /// Whether JSON has to escape something of what is written: a quote, a control byte, what is no ASCII.
    private(set) var needsEscaping = false

    /// What `%START_TIME%` without an argument writes: `2026-11-21T14:03:07.250Z`.
    static let standard = TimeFormat(pieces: [
        .specifier(UInt8(ascii: "F")), .literal(UInt8(ascii: "T")), .specifier(UInt8(ascii: "H")),
        .literal(UInt8(ascii: ":")), .specifier(UInt8(ascii: "M")), .literal(UInt8(ascii: ":")), .fractionalSecond(3),
        .literal(UInt8(ascii: "Z")),
    ])

    private static let plain = Set("YmdHMSyejbBhaApIZzTDFRnt%suw".utf8)

    private init(pieces: [Piece]) {
        self.pieces = pieces
    }

    /// Reads a format, which stands at `location` in its text.
    init(_ text: [UInt8], at location: Int) throws(LogFormatError) {
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            guard byte == UInt8(ascii: "%") else {
                pieces.append(.literal(byte))
                needsEscaping = needsEscaping || LogEscaping.isSpecial(byte)
                continue
            }
            let start = index - 1
            let isExtended = index < text.count && text[index] == UInt8(ascii: "E")
            if isExtended { index += 1 }
            var digits: Int?
            if index < text.count, (0x31...0x39).contains(text[index]) {
                digits = Int(text[index] - 0x30)
                index += 1
            }
            guard index < text.count, let piece = Self.piece(text[index], digits, isExtended) else {
                throw LogFormatError(
                    .timeFormat,
                    "the format of time has a specifier that there is not; use those of strftime, or %3f and the like",
                    at: location + start
                )
            }
            pieces.append(piece)
            // A line feed and a tab.
            if text[index] == UInt8(ascii: "n") || text[index] == UInt8(ascii: "t") { needsEscaping = true }
            index += 1
        }
    }

    private static func piece(_ letter: UInt8, _ digits: Int?, _ isExtended: Bool) -> Piece? {
        switch letter {
        case UInt8(ascii: "f"): .fraction(digits ?? 9)
        case UInt8(ascii: "S") where isExtended && digits != nil: .fractionalSecond(digits ?? 0)
        case let letter where digits == nil && !isExtended && plain.contains(letter): .specifier(letter)
        default: nil
        }
    }

    /// Writes the time `nanoseconds` after the beginning of 1970.
    func write(_ nanoseconds: Int64, into out: inout [UInt8]) {
        write(CivilTime(nanoseconds: nanoseconds), into: &out)
    }

    /// Writes a time.
    func write(_ time: CivilTime, into out: inout [UInt8]) {
        for piece in pieces {
            switch piece {
            case .literal(let byte): out.append(byte)
            case .fraction(let digits): Self.writeFraction(time, digits, &out)
            case .fractionalSecond(let digits):
                Decimal.write(time.second, width: 2, into: &out)
                out.append(UInt8(ascii: "."))
                Self.writeFraction(time, digits, &out)
            case .specifier(let letter): Self.write(letter, time, &out)
            }
        }
    }

    private static func writeFraction(_ time: CivilTime, _ digits: Int, _ out: inout [UInt8]) {
        var divisor = 1
        for _ in 0..<(9 - digits) { divisor *= 10 }
        Decimal.write(time.nanosecond / divisor, width: digits, into: &out)
    }
}
