/// The text of a file, for showing lines of it.
public struct SourceText: Sendable {
    /// How many code points of a line are shown.
    static let maximumWidth = 160

    private let bytes: [UInt8]
    /// The offset of each line's first byte.
    private let starts: [Int]

    /// Takes a text apart into lines.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        self.starts = starts
    }

    /// The line counted from 1, with what a terminal would act on replaced; nil when there is none.
    ///
    /// Tabs become one space, so that a caret below the text stands where it should.
    func line(_ number: Int) -> [Unicode.Scalar]? {
        guard starts.indices.contains(number - 1) else { return nil }
        let start = starts[number - 1]
        let end = starts.indices.contains(number) ? starts[number] : bytes.count
        let line = String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars
        return line.prefix(Self.maximumWidth).filter { $0 != "\n" && $0 != "\r" && $0 != "\u{FEFF}" }.map { scalar in
            if scalar == "\t" { return " " }
            return scalar.properties.generalCategory.isInvisible ? "\u{FFFD}" : scalar
        }
    }
}

extension Unicode.GeneralCategory {
    /// Whether characters of the category act on a terminal or on the direction of text instead of being seen.
    fileprivate var isInvisible: Bool {
        switch self {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
        default: false
        }
    }
}
