/// A text with operators in it, ready to be rendered.
struct LogText: Sendable {
    enum Piece: Sendable {
        case literal([UInt8])
        /// An operator, and how many bytes of its value are written at most.
        case value(LogOperator, limit: Int?)
    }

    private(set) var pieces: [Piece] = []

    /// Reads a text.
    ///
    /// ```
    /// %%                    a percent sign
    /// %NAME%                an operator
    /// %NAME(ARGUMENT)%      an operator with an argument, which has no closing parenthesis
    /// %NAME(ARGUMENT):12%   the first 12 bytes of its value
    /// ```
    init(_ text: String, _ fields: inout LogFields, _ environment: LogEnvironment) throws(LogFormatError) {
        let bytes = Array(text.utf8)
        var literal: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "%") else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "%") {
                literal.append(bytes[index])
                index += 2
                continue
            }
            if !literal.isEmpty { pieces.append(.literal(literal)) }
            literal = []
            pieces.append(try Self.value(bytes, &index, &fields, environment))
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
    }

    /// The only operator, when there is nothing else.
    var single: (operation: LogOperator, limit: Int?)? {
        guard pieces.count == 1, case .value(let operation, let limit) = pieces[0] else { return nil }
        return (operation, limit)
    }

    /// Reads one operator; `index` stands at its first `%` and ends after its last.
    private static func value(
        _ bytes: [UInt8],
        _ index: inout Int,
        _ fields: inout LogFields,
        _ environment: LogEnvironment
    ) throws(LogFormatError) -> Piece {
        let start = index
        index += 1
        let name = bytes[index...].prefix { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        index = name.endIndex
        var argument: [UInt8]?
        if index < bytes.count, bytes[index] == UInt8(ascii: "(") {
            let text = bytes[(index + 1)...].prefix { $0 != UInt8(ascii: ")") }
            guard text.endIndex < bytes.count else { throw malformed(start) }
            argument = Array(text)
            index = text.endIndex + 1
        }
        let limit = try length(bytes, &index, start)
        guard !name.isEmpty, index < bytes.count, bytes[index] == UInt8(ascii: "%") else { throw malformed(start) }
        index += 1
        let word = String(decoding: name, as: UTF8.self)
        return .value(try LogOperator(word, argument, at: start, &fields, environment), limit: limit)
    }

    private static func length(_ bytes: [UInt8], _ index: inout Int, _ start: Int) throws(LogFormatError) -> Int? {
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
        let digits = bytes[(index + 1)...].prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty, digits.count <= 6 else {
            throw LogFormatError(.length, "after the colon stands the number of bytes, up to 999999", at: start)
        }
        index = digits.endIndex
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static func malformed(_ start: Int) -> LogFormatError {
        LogFormatError(
            .malformedOperator,
            "an operator is written %NAME%, %NAME(ARGUMENT)% or %NAME(ARGUMENT):LENGTH%, and a percent sign %%",
            at: start
        )
    }
}
