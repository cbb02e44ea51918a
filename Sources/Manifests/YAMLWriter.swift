public import JSON

/// Writes JSON trees as block-style YAML that every reader of YAML takes for the same tree.
///
/// Strings that some reader could take for something else are quoted (YAML 1.1 words, dates, anything like a number),
/// texts of several lines are literal blocks where that is exact, and keys keep their order. Numbers keep their
/// spelling, except that one with an exponent gets a point and a sign (`1e3` becomes `1.0e+3`), without which
/// YAML 1.1 readers take it for a string. The same tree always gives the same text. The nesting of a value is bounded
/// by what made it, so writing recurses.
public struct YAMLWriter {
    /// Keys above this length are written as `? key`, because readers give up looking for the `:` after 1024 characters.
    private static let simpleKeyLimit = 960

    private var output: [UInt8] = []
    private let layout: TextLayout

    private init(layout: TextLayout = TextLayout()) {
        self.layout = layout
    }

    /// The text of one document, with a line break at its end and without a separator.
    public static func document(_ value: JSONValue) -> [UInt8] {
        var writer = YAMLWriter()
        switch value {
        case .object(let object) where !object.isEmpty: writer.write(object, column: 0)
        case .array(let elements) where !elements.isEmpty: writer.write(elements, column: 0)
        default: writer.writeScalar(value, column: 0)
        }
        return writer.output
    }

    /// The text of several documents with separators between them.
    public static func stream(_ values: [JSONValue]) -> [UInt8] {
        Array(values.map { document($0) }.joined(separator: "---\n".utf8))
    }

    /// The lines of members at `column`, as `layout` says; lines end with a line feed.
    static func members(_ object: JSONObject, column: Int, layout: TextLayout) -> [UInt8] {
        var writer = YAMLWriter(layout: layout)
        writer.indent(column)
        writer.write(object, column: column)
        return writer.output
    }

    /// The lines of list items at `column`, as `layout` says; lines end with a line feed.
    static func items(_ elements: [JSONValue], column: Int, layout: TextLayout) -> [UInt8] {
        var writer = YAMLWriter(layout: layout)
        writer.indent(column)
        writer.write(elements, column: column)
        return writer.output
    }

    /// Writes members whose first line already stands at `column`.
    private mutating func write(_ object: JSONObject, column: Int) {
        for (index, member) in object.members.enumerated() {
            if index > 0 { indent(column) }
            let key = YAMLStringStyle.singleLine(member.key)
            guard key.utf8.count <= Self.simpleKeyLimit else {
                output += "? \(key)\n".utf8
                indent(column)
                output += ":".utf8
                writeItem(member.value, column: column)
                continue
            }
            output += "\(key):".utf8
            writeMember(member.value, column: column)
        }
    }

    /// Writes elements whose first line already stands at `column`.
    private mutating func write(_ elements: [JSONValue], column: Int) {
        for (index, element) in elements.enumerated() {
            if index > 0 { indent(column) }
            output += "-".utf8
            writeItem(element, column: column)
        }
    }

    /// Writes a value after a `key:` at `column`; by default lists stay at the key's column, as kubectl writes them.
    private mutating func writeMember(_ value: JSONValue, column: Int) {
        switch value {
        case .object(let object) where !object.isEmpty:
            output += "\n".utf8
            indent(column + layout.step)
            write(object, column: column + layout.step)
        case .array(let elements) where !elements.isEmpty:
            output += "\n".utf8
            indent(column + layout.sequenceStep)
            write(elements, column: column + layout.sequenceStep)
        default:
            output += " ".utf8
            writeScalar(value, column: column)
        }
    }

    /// Writes a value after a `-` or `:` at `column`, on the same line.
    private mutating func writeItem(_ value: JSONValue, column: Int) {
        output += " ".utf8
        switch value {
        case .object(let object) where !object.isEmpty: write(object, column: column + 2)
        case .array(let elements) where !elements.isEmpty: write(elements, column: column + 2)
        default: writeScalar(value, column: column)
        }
    }

    /// Writes a scalar or an empty collection and ends its line; `column` is that of the collection it is in.
    private mutating func writeScalar(_ value: JSONValue, column: Int) {
        switch value {
        case .null: output += "null".utf8
        case .bool(let bool): output += (bool ? "true" : "false").utf8
        case .number(let number): output += Self.spelling(number).utf8
        case .array: output += "[]".utf8
        case .object: output += "{}".utf8
        case .string(let text):
            guard layout.usesLiterals, let header = YAMLStringStyle.literalHeader(text) else {
                output += YAMLStringStyle.singleLine(text).utf8
                break
            }
            writeLiteral(text, header: header, column: column + 2)
            return
        }
        output += "\n".utf8
    }

    private mutating func writeLiteral(_ text: String, header: String, column: Int) {
        output += "\(header)\n".utf8
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // What stands behind the last line break is no line.
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            if !line.isEmpty { indent(column) }
            output += line
            output += "\n".utf8
        }
    }

    private mutating func indent(_ column: Int) {
        output += repeatElement(UInt8(ascii: " "), count: column)
    }

    /// A number as every reader of YAML takes it for a number.
    static func spelling(_ number: JSONNumber) -> String {
        let parts = number.lexeme.split(maxSplits: 1) { $0 == "e" || $0 == "E" }
        guard parts.count == 2 else { return number.lexeme }
        let mantissa = parts[0].contains(".") ? String(parts[0]) : parts[0] + ".0"
        let exponent = parts[1].first == "-" || parts[1].first == "+" ? String(parts[1]) : "+" + parts[1]
        return mantissa + "e" + exponent
    }
}
