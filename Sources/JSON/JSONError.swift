/// Why bytes are not a JSON document, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// What is wrong.
    public enum Code: String, Sendable {
        /// The input ended inside a value, or was empty.
        case unexpectedEnd
        /// A byte that cannot stand where it is.
        case unexpectedByte
        /// A number that RFC 8259 section 6 does not allow.
        case invalidNumber
        /// An escape sequence that RFC 8259 section 7 does not allow.
        case invalidEscape
        /// A control character inside a string that is not escaped.
        case controlCharacter
        /// Bytes that are not UTF-8 (RFC 3629).
        case invalidUTF8
        /// More nesting than the limit.
        case tooDeep
        /// More values than the limit.
        case tooManyValues
        /// More combining characters in a row than the limit.
        case tooManyMarks
        /// Something after the value.
        case trailingBytes
    }

    /// What is wrong.
    public let code: Code
    /// A sentence for people.
    public let reason: String
    /// The byte at which it was noticed, counted from 0.
    public let offset: Int

    /// Makes an error.
    public init(code: Code, reason: String, offset: Int) {
        self.code = code
        self.reason = reason
        self.offset = offset
    }

    /// Whether two errors have the same code and place.
    public static func == (left: JSONError, right: JSONError) -> Bool {
        left.code == right.code && left.offset == right.offset
    }
}

extension JSONError: CustomStringConvertible {
    /// The reason and the place.
    public var description: String {
        "\(reason) at byte \(offset)"
    }
}
