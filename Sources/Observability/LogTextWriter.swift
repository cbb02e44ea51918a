import Logging

/// Writes text so that it stays within its line and its quotes.
struct LogTextWriter {
    /// What was written.
    private(set) var bytes: [UInt8]

    /// Starts with nothing, and room for a usual line.
    init() {
        bytes = []
        bytes.reserveCapacity(512)
    }

    /// Writes text that is known to need no escapes.
    mutating func raw(_ text: String) {
        raw(text.utf8Span.span)
    }

    /// Writes a piece of the line's own syntax.
    mutating func raw(_ text: StaticString) {
        // Safety: the buffer is only read, and is a constant of the program.
        text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    }

    private mutating func raw(_ text: Span<UInt8>) {
        // Safety: the buffer is only read, while the span lives.
        unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// Takes back what was written behind the first `count` bytes.
    mutating func cut(to count: Int) {
        bytes.removeLast(max(0, bytes.count - count))
    }

    /// Writes a JSON string.
    mutating func quoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        escaped(text)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a value for people: quoted when it has a blank, a quote or an equals sign, or is empty.
    mutating func plain(_ text: String) {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3d && $0 != 0x5c }
        isPlain ? escaped(text) : quoted(text)
    }

    /// Writes a metadata value as JSON; what is nested deeper than `depth` becomes a string.
    mutating func json(_ value: Logger.MetadataValue, depth: Int) {
        switch value {
        case .array(let values) where depth > 0:
            raw("[")
            for (index, value) in values.enumerated() where bytes.count <= LogLine.lineBytes {
                if index > 0 { raw(",") }
                json(value, depth: depth - 1)
            }
            raw("]")
        case .dictionary(let fields) where depth > 0:
            raw("{")
            var separator = ""
            for (key, value) in fields.sorted(by: { $0.key < $1.key }) where bytes.count <= LogLine.lineBytes {
                raw(separator)
                quoted(key)
                raw(":")
                json(value, depth: depth - 1)
                separator = ","
            }
            raw("}")
        case .string, .stringConvertible, .array, .dictionary:
            quoted(value.description)
        }
    }

    /// Writes text with JSON escapes, and cuts it after ``LogLine/textBytes``.
    mutating func escaped(_ text: String) {
        let limit = bytes.count + LogLine.textBytes
        // Nearly all text is short and needs nothing.
        let span = text.utf8Span.span
        if span.count <= LogLine.textBytes, Self.isHarmless(span) { return raw(span) }
        for scalar in text.unicodeScalars {
            guard bytes.count < limit else { return raw("…") }
            switch scalar {
            case "\"": raw("\\\"")
            case "\\": raw("\\\\")
            case "\n": raw("\\n")
            case "\r": raw("\\r")
            case "\t": raw("\\t")
            case _ where Self.isHarmful(scalar): hexadecimal(scalar.value)
            default: UTF8.encode(scalar).map { bytes.append(contentsOf: $0) }
            }
        }
    }

    private mutating func hexadecimal(_ value: UInt32) {
        let digits = String(value, radix: 16)
        raw("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    }

    /// Whether all is printable ASCII that has no meaning in a JSON string.
    private static func isHarmless(_ text: Span<UInt8>) -> Bool {
        for index in text.indices {
            let byte = text[index]
            guard byte >= 0x20, byte <= 0x7e, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") else {
                return false
            }
        }
        return true
    }

    /// Control characters of both kinds, line and paragraph separators, and those that turn the direction of writing.
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1f, 0x7f...0x9f, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
    }
}
