/// Writes values as JSON text.
///
/// The compact form has no white space; the pretty form indents by two spaces and ends without a newline. Only what
/// RFC 8259 section 7 demands is escaped: `"`, `\` and control characters. The nesting of a value is bounded by what
/// made it (the parser's limit), so writing recurses.
public struct JSONWriter: Sendable {
    /// The text so far.
    package private(set) var output: [UInt8] = []
    private let isPretty: Bool

    private init(isPretty: Bool) {
        self.isPretty = isPretty
    }

    /// Starts an empty compact text, to which a caller writes pieces; their order makes it JSON.
    ///
    /// - Parameter capacity: How many bytes to make room for.
    package init(capacity: Int) {
        self.init(isPretty: false)
        output.reserveCapacity(capacity)
    }

    /// The compact text of `value`.
    public static func compact(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter(isPretty: false)
        writer.output.reserveCapacity(64)
        writer.write(value, depth: 0)
        return writer.output
    }

    /// The indented text of `value`, without a newline at its end.
    public static func pretty(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter(isPretty: true)
        writer.write(value, depth: 0)
        return writer.output
    }

    /// Writes a value.
    package mutating func write(_ value: JSONValue) {
        write(value, depth: 0)
    }

    /// Writes text that is JSON already.
    package mutating func write(text: [UInt8]) {
        output.append(contentsOf: text)
    }

    /// Writes a pointer as the string of RFC 6901 section 5, `~` escaped before `/`.
    package mutating func write(_ pointer: JSONPointer) {
        output.append(UInt8(ascii: "\""))
        for token in pointer.tokens {
            output.append(UInt8(ascii: "/"))
            write(token: token.utf8Span.span)
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Writes a pointer's token, its own escapes below those of JSON.
    private mutating func write(token: Span<UInt8>) {
        guard StringRun(in: token, from: 0).end == token.count else {
            return writeCharacters(of: JSONPointer.escaped(token).span)
        }
        var start = 0
        for index in token.indices where token[index] == UInt8(ascii: "~") || token[index] == UInt8(ascii: "/") {
            append(token, from: start, to: index)
            write(literal: token[index] == UInt8(ascii: "~") ? "~0" : "~1")
            start = index + 1
        }
        append(token, from: start, to: token.count)
    }

    private mutating func write(_ value: JSONValue, depth: Int) {
        switch value {
        case .null: write(literal: "null")
        case .bool(let bool): write(literal: bool ? "true" : "false")
        case .number(let number): append(number.lexeme.utf8Span.span, from: 0, to: number.lexeme.utf8.count)
        case .string(let string): write(string)
        case .array(let elements): write(elements, depth: depth)
        case .object(let object): write(object, depth: depth)
        }
    }

    private mutating func write(_ elements: [JSONValue], depth: Int) {
        output.append(UInt8(ascii: "["))
        for index in elements.indices {
            separate(index, depth: depth + 1)
            write(elements[index], depth: depth + 1)
        }
        if !elements.isEmpty { newline(depth: depth) }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject, depth: Int) {
        output.append(UInt8(ascii: "{"))
        for index in object.members.indices {
            separate(index, depth: depth + 1)
            write(object.members[index].key)
            output.append(UInt8(ascii: ":"))
            if isPretty { output.append(UInt8(ascii: " ")) }
            write(object.members[index].value, depth: depth + 1)
        }
        if !object.isEmpty { newline(depth: depth) }
        output.append(UInt8(ascii: "}"))
    }

    private mutating func separate(_ index: Int, depth: Int) {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        newline(depth: depth)
    }

    private mutating func newline(depth: Int) {
        guard isPretty else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }

    /// Writes a string in quotes.
    package mutating func write(_ string: String) {
        output.append(UInt8(ascii: "\""))
        writeCharacters(of: string.utf8Span.span)
        output.append(UInt8(ascii: "\""))
    }

    private mutating func writeCharacters(of bytes: Span<UInt8>) {
        let end = StringRun(in: bytes, from: 0).end
        append(bytes, from: 0, to: end)
        guard end < bytes.count else { return }
        // Where one character is escaped there are more, as in JSON inside of JSON.
        var start = end
        while start < bytes.count {
            let length = min(bytes.count - start, 4_096)
            output += Self.escaped(bytes.extracting(start..<start + length))
            start += length
        }
    }

    /// Characters with their escapes.
    private static func escaped(_ bytes: Span<UInt8>) -> [UInt8] {
        // Safety: an escape has six bytes at most, and there is room for six in the place of each.
        unsafe [UInt8](unsafeUninitializedCapacity: bytes.count &* 6) { text, count in
            var place = 0
            defer { count = place }
            @inline(__always)
            func put(_ byte: UInt8) {
                unsafe text[place] = byte
                place &+= 1
            }
            for index in bytes.indices {
                let byte = bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                    put(byte)
                    continue
                }
                put(UInt8(ascii: "\\"))
                if let letter = letter(escaping: byte) {
                    put(letter)
                    continue
                }
                for digit in [UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0")] { put(digit) }
                for digit in [byte >> 4, byte & 0xF] {
                    put(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
                }
            }
        }
    }

    /// What stands behind the backslash of a short escape; nil for a control character without one.
    private static func letter(escaping byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
        case 0x0A: UInt8(ascii: "n")
        case 0x0D: UInt8(ascii: "r")
        case 0x09: UInt8(ascii: "t")
        default: nil
        }
    }

    /// Writes an array of strings.
    package mutating func write(strings: [String]) {
        output.append(UInt8(ascii: "["))
        for index in strings.indices {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            write(strings[index])
        }
        output.append(UInt8(ascii: "]"))
    }

    /// Writes a piece of JSON's own syntax.
    package mutating func write(literal: StaticString) {
        // Safety: the buffer is only read, and is a constant of the program.
        literal.withUTF8Buffer { unsafe output.append(contentsOf: $0) }
    }

    @inline(__always)
    private mutating func append(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        guard start < end else { return }
        // Safety: the buffer is only read, while the span lives; the extraction checks the bounds.
        unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }
}

extension JSONValue {
    /// The compact JSON text of the value.
    public var compactText: String {
        String(decoding: JSONWriter.compact(self), as: UTF8.self)
    }
}
