import JSON

/// A JSON value whose strings have operators in them, ready to be rendered.
indirect enum LogTree: Sendable {
    /// What is the same in every line, encoded.
    case constant([UInt8])
    case text(LogText)
    /// The value of one operator, in its own kind.
    case value(LogOperator, limit: Int?)
    case array([LogTree])
    /// Members with their names, quoted and with the colon.
    case object([(name: [UInt8], value: LogTree)])

    private static let maximumDepth = 16

    /// Compiles `value`.
    init(
        _ value: JSONValue,
        _ fields: inout LogFields,
        _ environment: LogEnvironment,
        depth: Int = 0
    ) throws(LogFormatError) {
        guard depth < Self.maximumDepth else {
            throw LogFormatError(.limit, "the format is nested more than 16 deep; flatten it")
        }
        switch value {
        case .string(let string):
            let text = try LogText(string, &fields, environment)
            self = text.single.map { .value($0.operation, limit: $0.limit) } ?? .text(text)
        case .object(let object):
            var members: [(name: [UInt8], value: LogTree)] = []
            for member in object {
                let name = JSONWriter.compact(.string(member.key)) + [UInt8(ascii: ":")]
                members.append((name, try Self.member(member.key, member.value, &fields, environment, depth)))
            }
            self = .object(members)
        case .array(let array):
            var elements: [LogTree] = []
            for (index, value) in array.enumerated() {
                elements.append(try Self.member("\(index)", value, &fields, environment, depth))
            }
            self = .array(elements)
        case .null, .bool, .number: self = .constant(JSONWriter.compact(value))
        }
    }

    private static func member(
        _ key: String,
        _ value: JSONValue,
        _ fields: inout LogFields,
        _ environment: LogEnvironment,
        _ depth: Int
    ) throws(LogFormatError) -> LogTree {
        do throws(LogFormatError) {
            return try LogTree(value, &fields, environment, depth: depth + 1)
        } catch {
            var located = error
            located.path.insert(key, at: 0)
            throw located
        }
    }

    /// Appends the value for `record`.
    ///
    /// - Returns: Whether there is one; `null` is appended for one that there is not, unless it is omitted.
    func render(_ record: borrowing LogRecord, omitsEmpty: Bool, into out: inout [UInt8]) -> Bool {
        switch self {
        case .constant(let bytes): out += bytes
        case .text(let text):
            out.append(UInt8(ascii: "\""))
            text.render(record, omitsEmpty: omitsEmpty, .json, into: &out)
            out.append(UInt8(ascii: "\""))
        case .value(let operation, let limit):
            let start = out.count
            if !operation.isNumber { out.append(UInt8(ascii: "\"")) }
            guard record.write(operation, limit: limit, .json, into: &out) else {
                out.removeLast(out.count - start)
                if !omitsEmpty { out += "null".utf8 }
                return false
            }
            if !operation.isNumber { out.append(UInt8(ascii: "\"")) }
        case .array(let elements):
            out.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { out.append(UInt8(ascii: ",")) }
                // An element cannot be left out without moving those behind it.
                _ = element.render(record, omitsEmpty: false, into: &out)
            }
            out.append(UInt8(ascii: "]"))
        case .object(let members): renderMembers(members, record, omitsEmpty, into: &out)
        }
        return true
    }

    private func renderMembers(
        _ members: [(name: [UInt8], value: LogTree)],
        _ record: borrowing LogRecord,
        _ omitsEmpty: Bool,
        into out: inout [UInt8]
    ) {
        out.append(UInt8(ascii: "{"))
        var isFirst = true
        for member in members {
            let start = out.count
            if !isFirst { out.append(UInt8(ascii: ",")) }
            out += member.name
            guard member.value.render(record, omitsEmpty: omitsEmpty, into: &out) || !omitsEmpty else {
                out.removeLast(out.count - start)
                continue
            }
            isFirst = false
        }
        out.append(UInt8(ascii: "}"))
    }
}
