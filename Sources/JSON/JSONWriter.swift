/// Writes values as JSON text.
///
/// The compact form has no white space; the pretty form indents by two spaces and ends without a newline. Only what
/// RFC 8259 section 7 demands is escaped: `"`, `\` and control characters. The nesting of a value is bounded by what
/// made it (the parser's limit), so writing recurses.
public struct JSONWriter {
    private var output: [UInt8] = []
    private let isPretty: Bool

    private init(isPretty: Bool) {
        self.isPretty = isPretty
    }

    /// The compact text of `value`.
    public static func compact(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter(isPretty: false)
        writer.output.reserveCapacity(64)
        writer.write(value, depth: 0)
        return writer.output
    }

    /// The compact text of a patch, as the array of RFC 6902 section 3; the operations' trees are not built.
    public static func compact(_ patch: JSONPatch) -> [UInt8] {
        var writer = JSONWriter(isPretty: false)
        writer.output.reserveCapacity(512 * patch.operations.count)
        writer.write(patch)
        return writer.output
    }

    /// The indented text of `value`, without a newline at its end.
    public static func pretty(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter(isPretty: true)
        writer.write(value, depth: 0)
        return writer.output
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

    private mutating func write(_ patch: JSONPatch) {
        output.append(UInt8(ascii: "["))
        for (index, operation) in patch.operations.enumerated() {
            separate(index, depth: 1)
            guard case .add(let path, let value) = operation else {
                write(operation.json, depth: 1)
                continue
            }
            write(literal: #"{"op":"add","path":"#)
            write(path.description)
            write(literal: #","value":"#)
            write(value, depth: 1)
            output.append(UInt8(ascii: "}"))
        }
        output.append(UInt8(ascii: "]"))
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

    private mutating func write(_ string: String) {
        output.append(UInt8(ascii: "\""))
        let bytes = string.utf8Span.span
        var start = 0
        while true {
            let end = StringRun(in: bytes, from: start).end
            append(bytes, from: start, to: end)
            guard end < bytes.count else { break }
            escape(bytes[end])
            start = end + 1
        }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func write(literal: StaticString) {
        // Safety: the buffer is only read, and is a constant of the program.
        literal.withUTF8Buffer { unsafe output.append(contentsOf: $0) }
    }

    @inline(__always)
    private mutating func append(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
        guard start < end else { return }
        // Safety: the buffer is only read, while the span lives; the extraction checks the bounds.
        unsafe bytes.extracting(start..<end).withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): output.append(contentsOf: [0x5C, 0x22])
        case UInt8(ascii: "\\"): output.append(contentsOf: [0x5C, 0x5C])
        case 0x0A: output.append(contentsOf: [0x5C, UInt8(ascii: "n")])
        case 0x0D: output.append(contentsOf: [0x5C, UInt8(ascii: "r")])
        case 0x09: output.append(contentsOf: [0x5C, UInt8(ascii: "t")])
        default: escape(control: byte)
        }
    }

    private mutating func escape(control byte: UInt8) {
        let digits = String(byte, radix: 16)
        output.append(contentsOf: "\\u".utf8)
        output.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
        output.append(contentsOf: digits.utf8)
    }
}

extension JSONValue {
    /// The compact JSON text of the value.
    public var compactText: String {
        String(decoding: JSONWriter.compact(self), as: UTF8.self)
    }
}
