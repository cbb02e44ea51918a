/// Reads the tokens of a JSON text: white space, literals, numbers and strings.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func skipByteOrderMark() {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The byte at the current place, which stays current.
    func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw error(.unexpectedEnd, "the text ends inside a value") }
        return bytes[position]
    }

    mutating func next() throws(JSONError) -> UInt8 {
        let byte = try peek()
        position += 1
        return byte
    }

    mutating func advance() {
        position += 1
    }

    mutating func consume(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func expectEnd() throws(JSONError) {
        skipWhitespace()
        guard position == bytes.count else { throw error(.trailingBytes, "something follows the value") }
    }

    /// Reads a literal, a number or a string whose first byte is `byte`.
    mutating func scalar(startingWith byte: UInt8) throws(JSONError) -> JSONValue {
        switch byte {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        default: throw error(.unexpectedByte, "expected a value")
        }
    }

    private mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for offset in 0..<text.utf8CodeUnitCount {
            // Safety: the offset is within the text, which is a literal of this module.
            let expected = unsafe text.utf8Start[offset]
            guard try next() == expected else { throw previousError(.unexpectedByte, "expected '\(text)'") }
        }
        return value
    }

    private mutating func number() throws(JSONError) -> JSONNumber {
        let start = position
        var scanner = NumberScanner()
        while position < bytes.count, scanner.accept(bytes[position]) {
            position += 1
        }
        guard scanner.isComplete else { throw error(.invalidNumber, "a number is not complete") }
        return JSONNumber(validated: ascii(start..<position))
    }

    /// Reads a string whose opening quote is the current byte.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        let run = StringRun(in: bytes.span, from: start)
        position = run.end
        switch try peekInString() {
        case UInt8(ascii: "\""):
            // ASCII, which is nearly everything, needs no validation.
            let text = run.isASCII ? ascii(start..<position) : try text(bytes[start..<position])
            position += 1
            return text
        case UInt8(ascii: "\\"):
            return try escapedString(from: start)
        default:
            throw error(.controlCharacter, "a control character in a string is not escaped")
        }
    }

    private func peekInString() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw error(.unexpectedEnd, "the text ends inside a string") }
        return bytes[position]
    }

    /// Bytes that are known to be ASCII, as text.
    private func ascii(_ range: Range<Int>) -> String {
        // Safety: the buffer is only read, while the array lives, and within its bounds, to which the range is clamped.
        unsafe bytes.withUnsafeBufferPointer { buffer in
            let part = unsafe buffer[range.clamped(to: buffer.indices)]
            return unsafe String(decoding: UnsafeBufferPointer(rebasing: part), as: UTF8.self)
        }
    }

    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var unescaped = Array(bytes[start..<position])
        while true {
            switch try peekInString() {
            case UInt8(ascii: "\""):
                let text = try text(unescaped[...])
                position += 1
                return text
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &unescaped)
            case 0..<0x20:
                throw error(.controlCharacter, "a control character in a string is not escaped")
            default:
                let run = StringRun(in: bytes.span, from: position)
                unescaped.append(contentsOf: bytes[position..<run.end])
                position = run.end
            }
        }
    }

    private func text(_ utf8: ArraySlice<UInt8>) throws(JSONError) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else {
            throw error(.invalidUTF8, "a string is not UTF-8")
        }
        return text
    }

    private mutating func escape(into unescaped: inout [UInt8]) throws(JSONError) {
        switch try next() {
        case UInt8(ascii: "\""): unescaped.append(UInt8(ascii: "\""))
        case UInt8(ascii: "\\"): unescaped.append(UInt8(ascii: "\\"))
        case UInt8(ascii: "/"): unescaped.append(UInt8(ascii: "/"))
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "u"): append(try codePoint(), to: &unescaped)
        default: throw previousError(.invalidEscape, "an escape sequence is not known")
        }
    }

    /// Appends a code point as UTF-8, a surrogate as U+FFFD, and ASCII without a detour: it is escaped most.
    private func append(_ codePoint: UInt32, to unescaped: inout [UInt8]) {
        if let ascii = UInt8(exactly: codePoint), ascii < 0x80 {
            unescaped.append(ascii)
        } else {
            let scalar = UnicodeScalar(codePoint) ?? "\u{FFFD}"
            unescaped.append(contentsOf: Character(scalar).utf8)
        }
    }

    /// Reads the four digits after `\u`, and a second escape when the first is a high surrogate.
    private mutating func codePoint() throws(JSONError) -> UInt32 {
        let first = try hexadecimal()
        guard (0xD800..<0xDC00).contains(first) else { return first }
        let mark = position
        if consume(UInt8(ascii: "\\")), consume(UInt8(ascii: "u")) {
            let second = try hexadecimal()
            if (0xDC00..<0xE000).contains(second) {
                return 0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF)
            }
        }
        position = mark
        return first
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = try next()
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: throw previousError(.invalidEscape, "\\u needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// An error at the current byte.
    func error(_ code: JSONError.Code, _ reason: String) -> JSONError {
        JSONError(code: code, reason: reason, offset: position)
    }

    /// An error at the byte that was just read.
    func previousError(_ code: JSONError.Code, _ reason: String) -> JSONError {
        JSONError(code: code, reason: reason, offset: max(0, position - 1))
    }
}
