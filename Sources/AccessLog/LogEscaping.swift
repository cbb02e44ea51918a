/// Writes values from outside so that they stay inside their place in a line.
///
/// A client may put what it likes into headers and names. In text, control bytes become `\x0A`, and quotes and
/// backslashes get a backslash before them, so that nobody can end a line or a quoted value. In JSON, the rules of
/// RFC 8259 section 7 apply, and bytes that are no UTF-8 become U+FFFD.
enum LogEscaping: Sendable {
    case text
    case json

    /// Writes `bytes`.
    func write(_ bytes: Span<UInt8>, into out: inout [UInt8]) {
        var start = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            // Most values have nothing to escape and are copied at once.
            guard Self.isSpecial(byte) else {
                index += 1
                continue
            }
            if index > start { out.append(bytes.extracting(start..<index)) }
            index += writeSpecial(bytes, at: index, into: &out)
            start = index
        }
        if start < bytes.count { out.append(bytes.extracting(start..<bytes.count)) }
    }

    /// Whether `byte` does not stand for itself, or not always.
    static func isSpecial(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte >= 0x7F
    }

    /// Writes what stands for the byte at `index`, or the character that begins there; returns how many bytes it has.
    private func writeSpecial(_ bytes: Span<UInt8>, at index: Int, into out: inout [UInt8]) -> Int {
        let byte = bytes[index]
        switch byte {
        case 0x22, 0x5C:
            out.append(0x5C)
            out.append(byte)
        case 0x00...0x1F, 0x7F: writeControl(byte, into: &out)
        case _ where self == .json:
            let length = Self.sequenceLength(bytes, at: index)
            guard length > 0 else {
                out += [0xEF, 0xBF, 0xBD]
                return 1
            }
            out.append(bytes.extracting(index..<index + length))
            return length
        default: out.append(byte)
        }
        return 1
    }

    /// Writes `text`.
    func write(_ text: String, into out: inout [UInt8]) {
        write(text.utf8.span, into: &out)
    }

    private func writeControl(_ byte: UInt8, into out: inout [UInt8]) {
        out += self == .json ? "\\u00".utf8 : "\\x".utf8
        for digit in [byte >> 4, byte & 0xF] { out.append(digit < 10 ? 0x30 + digit : 0x37 + digit) }
    }

    /// The length of the well-formed sequence at `index`, whose first byte is not ASCII; 0 when there is none
    /// (Unicode 16, table 3-7).
    private static func sequenceLength(_ bytes: Span<UInt8>, at index: Int) -> Int {
        let first = bytes[index]
        let (length, second): (Int, ClosedRange<UInt8>)
        switch first {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
        for offset in 2..<max(2, length) where !(0x80...0xBF).contains(bytes[index + offset]) { return 0 }
        return length
    }
}
