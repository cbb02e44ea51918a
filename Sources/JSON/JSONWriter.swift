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
        case .null: output.append(contentsOf: "null".utf8)
        case .bool(let bool): output.append(contentsOf: (bool ? "true" : "false").utf8)
        case .number(let number): output.append(contentsOf: number.lexeme.utf8)
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
            output.append(contentsOf: #"{"op":"add","path":"#.utf8)
            write(path.description)
            output.append(contentsOf: #","value":"#.utf8)
            write(value, depth: 1)
            output.append(UInt8(ascii: "}"))
        }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ elements: [JSONValue], depth: Int) {
        output.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            separate(index, depth: depth + 1)
            write(element, depth: depth + 1)
        }
        if !elements.isEmpty { newline(depth: depth) }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject, depth: Int) {
        output.append(UInt8(ascii: "{"))
        for (index, member) in object.members.enumerated() {
            separate(index, depth: depth + 1)
            write(member.key)
            output.append(UInt8(ascii: ":"))
            if isPretty { output.append(UInt8(ascii: " ")) }
            write(member.value, depth: depth + 1)
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
        var string = string
        output.append(UInt8(ascii: "\""))
        // Safety: the buffer is only read, within its bounds, while the string lives.
        string.withUTF8 { bytes in
            var start = 0
            for index in 0..<bytes.count {
                let byte = unsafe bytes[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { continue }
                unsafe output.append(contentsOf: bytes[start..<index])
                escape(byte)
                start = index + 1
            }
            unsafe output.append(contentsOf: bytes[start...])
        }
        output.append(UInt8(ascii: "\""))
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
