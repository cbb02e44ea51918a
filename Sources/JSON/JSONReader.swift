/// Reads the tokens of a JSON text: white space, literals, numbers and strings.
///
/// It holds only the place in the text; the text is lent to each call, so that nobody has to keep it alive.
struct JSONReader {
    private var position = 0
    /// How many combining characters may follow one another in a string that is kept.
    private let marksLimit: Int

    init(marksLimit: Int) {
        self.marksLimit = marksLimit
    }

    mutating func skipByteOrderMark(of text: Span<UInt8>) {
        guard text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF else { return }
        position = 3
    }

    @inline(__always)
    mutating func skipWhitespace(of text: Span<UInt8>) {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The byte at the current place, which stays current.
    @inline(__always)
    func peek(_ text: Span<UInt8>) throws(JSONError) -> UInt8 {
        guard position < text.count else { throw error(.unexpectedEnd, "the text ends inside a value") }
        return text[position]
    }

    @inline(__always)
    mutating func next(_ text: Span<UInt8>) throws(JSONError) -> UInt8 {
        let byte = try peek(text)
        position += 1
        return byte
    }

    mutating func advance() {
        position += 1
    }

    mutating func consume(_ byte: UInt8, of text: Span<UInt8>) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func expectEnd(of text: Span<UInt8>) throws(JSONError) {
        skipWhitespace(of: text)
        guard position == text.count else { throw error(.trailingBytes, "something follows the value") }
    }

    /// Reads a literal, a number or a string whose first byte is `byte`.
    mutating func scalar(startingWith byte: UInt8, of text: Span<UInt8>) throws(JSONError) -> JSONValue {
        switch byte {
        case UInt8(ascii: "\""): return .string(try string(of: text))
        case UInt8(ascii: "t"): return try literal("true", .bool(true), of: text)
        case UInt8(ascii: "f"): return try literal("false", .bool(false), of: text)
        case UInt8(ascii: "n"): return try literal("null", .null, of: text)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number(of: text))
        default: throw error(.unexpectedByte, "expected a value")
        }
    }

    private mutating func literal(
        _ word: StaticString,
        _ value: JSONValue,
        of text: Span<UInt8>
    ) throws(JSONError) -> JSONValue {
        for offset in 0..<word.utf8CodeUnitCount {
            // Safety: the offset is within the word, which is a literal of this module.
            let expected = unsafe word.utf8Start[offset]
            guard try next(text) == expected else { throw previousError(.unexpectedByte, "expected '\(word)'") }
        }
        return value
    }

    private mutating func number(of text: Span<UInt8>) throws(JSONError) -> JSONNumber {
        let start = position
        if let integer = integer(of: text) { return integer }
        var scanner = NumberScanner()
        while position < text.count, scanner.accept(text[position]) {
            position += 1
        }
        guard scanner.isComplete else { throw error(.invalidNumber, "a number is not complete") }
        return JSONNumber(validated: Self.ascii(text, start..<position))
    }

    /// Reads a number without sign, fraction and exponent, which most are; nil, and nothing read, for another one.
    private mutating func integer(of text: Span<UInt8>) -> JSONNumber? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard text[position] != UInt8(ascii: "0") else { return nil }
        var end = position
        while end < text.count, digits.contains(text[end]) {
            end += 1
        }
        guard end > position, end < text.count, text[end] != UInt8(ascii: "."), text[end] | 0x20 != UInt8(ascii: "e")
        else { return nil }
        defer { position = end }
        return JSONNumber(validated: Self.ascii(text, position..<end))
    }

    /// Reads a string whose opening quote is the current byte.
    @inline(__always)
    mutating func string(of text: Span<UInt8>) throws(JSONError) -> String {
        position += 1
        let start = position
        let run = StringRun(in: text, from: start)
        position = run.end
        switch try peekInString(text) {
        case UInt8(ascii: "\""):
            // ASCII, which is nearly everything, needs no validation.
            let string =
                run.isASCII ? Self.ascii(text, start..<position) : try checked(string(of: text, start..<position))
            position += 1
            return string
        case UInt8(ascii: "\\"):
            return try escapedString(of: text, from: start)
        default:
            throw error(.controlCharacter, "a control character in a string is not escaped")
        }
    }

    /// Goes past the characters of a string that stand for themselves, and returns the byte behind them.
    mutating func skipRun(of text: Span<UInt8>) throws(JSONError) -> UInt8 {
        let run = StringRun(in: text, from: position)
        if !run.isASCII { _ = try string(of: text, position..<run.end) }
        position = run.end
        return try peekInString(text)
    }

    @inline(__always)
    private func peekInString(_ text: Span<UInt8>) throws(JSONError) -> UInt8 {
        guard position < text.count else { throw error(.unexpectedEnd, "the text ends inside a string") }
        return text[position]
    }

    /// Bytes that are known to be ASCII, as a string.
    @inline(__always)
    private static func ascii(_ text: Span<UInt8>, _ range: Range<Int>) -> String {
        // Safety: ASCII is UTF-8; the extraction checks the bounds.
        String(copying: unsafe UTF8Span(unchecked: text.extracting(range), isKnownASCII: true))
    }

    /// Bytes without escapes, as a string.
    private func string(of text: Span<UInt8>, _ range: Range<Int>) throws(JSONError) -> String {
        do {
            return String(copying: try UTF8Span(validating: text.extracting(range)))
        } catch {
            throw self.error(.invalidUTF8, "a string is not UTF-8")
        }
    }

    /// A string that is kept, if it has not too many combining characters in a row.
    private func checked(_ string: String) throws(JSONError) -> String {
        // Escapes mostly stand for ASCII.
        guard !string.utf8Span.isKnownASCII, string.hasMoreMarks(than: marksLimit) else { return string }
        throw error(.tooManyMarks, "a string has more than \(marksLimit) combining characters in a row")
    }

    private mutating func escapedString(of text: Span<UInt8>, from start: Int) throws(JSONError) -> String {
        var unescaped: [UInt8] = []
        Self.append(text, start..<position, to: &unescaped)
        while true {
            switch try peekInString(text) {
            case UInt8(ascii: "\""):
                guard let string = String(validating: unescaped, as: UTF8.self) else {
                    throw error(.invalidUTF8, "a string is not UTF-8")
                }
                _ = try checked(string)
                position += 1
                return string
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &unescaped, text)
            case 0..<0x20:
                throw error(.controlCharacter, "a control character in a string is not escaped")
            default:
                let run = StringRun(in: text, from: position)
                Self.append(text, position..<run.end, to: &unescaped)
                position = run.end
            }
        }
    }

    private static func append(_ text: Span<UInt8>, _ range: Range<Int>, to bytes: inout [UInt8]) {
        // Safety: the buffer is only read, while the span lives; the extraction checks the bounds.
        unsafe text.extracting(range).withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    private mutating func escape(into unescaped: inout [UInt8], _ text: Span<UInt8>) throws(JSONError) {
        let letter = try next(text)
        if let byte = Self.byte(escapedBy: letter) {
            unescaped.append(byte)
        } else if letter == UInt8(ascii: "u") {
            append(try codePoint(text), to: &unescaped)
        } else {
            throw previousError(.invalidEscape, "an escape sequence is not known")
        }
    }

    /// Goes past what follows a backslash; surrogates need no look, for a lone one is replaced and no error.
    mutating func skipEscape(of text: Span<UInt8>) throws(JSONError) {
        let letter = try next(text)
        if Self.byte(escapedBy: letter) != nil { return }
        guard letter == UInt8(ascii: "u") else {
            throw previousError(.invalidEscape, "an escape sequence is not known")
        }
        _ = try hexadecimal(text)
    }

    /// What a backslash and a letter stand for (RFC 8259 section 7); nil for another letter and for `u`.
    private static func byte(escapedBy letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
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
    private mutating func codePoint(_ text: Span<UInt8>) throws(JSONError) -> UInt32 {
        let first = try hexadecimal(text)
        guard (0xD800..<0xDC00).contains(first) else { return first }
        let mark = position
        if consume(UInt8(ascii: "\\"), of: text), consume(UInt8(ascii: "u"), of: text) {
            let second = try hexadecimal(text)
            if (0xDC00..<0xE000).contains(second) {
                return 0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF)
            }
        }
        position = mark
        return first
    }

    private mutating func hexadecimal(_ text: Span<UInt8>) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = try next(text)
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
