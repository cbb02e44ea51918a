/// A strict, iterative parser for one JSON document (RFC 8259).
///
/// It accepts nothing beyond the grammar except a byte order mark before the value (RFC 8259 section 8.1 lets a parser
/// ignore it). It never recurses, so the depth of hostile input costs no stack; a lone surrogate escape becomes U+FFFD,
/// as in the API server's decoder.
public struct JSONParser {
    /// The nesting allowed unless said otherwise; a real pod needs fewer than 20 levels.
    public static let defaultNestingLimit = 512

    /// What a parse found beside the value.
    public struct Result: Sendable {
        /// The document.
        public let value: JSONValue
        /// How many members were overwritten by a later member of the same name.
        public let duplicateKeys: Int
    }

    /// An array or object that is open; filled in place, so that nothing is copied while it grows.
    private struct Container {
        var elements: [JSONValue] = []
        var members = ObjectBuilder()
        /// The name of the member whose value comes next; nil in an array.
        var key: String?
    }

    /// How many elements a container has room for at first: most have no more, and growing is what costs.
    static let roomAtFirst = 4

    private var reader: JSONReader
    private var stack: [Container] = []
    private let nestingLimit: Int
    private var duplicateKeys = 0

    private init(_ bytes: [UInt8], nestingLimit: Int) {
        self.reader = JSONReader(bytes)
        self.nestingLimit = nestingLimit
    }

    /// Parses one document.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text.
    ///   - nestingLimit: How many arrays and objects may be open at once.
    /// - Returns: The value and how many duplicate keys it had (the last of each wins).
    /// - Throws: What is wrong with the text, and at which byte.
    public static func parseReporting(
        _ bytes: [UInt8],
        nestingLimit: Int = defaultNestingLimit
    ) throws(JSONError) -> Result {
        var parser = JSONParser(bytes, nestingLimit: nestingLimit)
        let value = try parser.document()
        return Result(value: value, duplicateKeys: parser.duplicateKeys)
    }

    /// Parses one document; of equal keys the last one wins.
    public static func parse(
        _ bytes: [UInt8],
        nestingLimit: Int = defaultNestingLimit
    ) throws(JSONError) -> JSONValue {
        try parseReporting(bytes, nestingLimit: nestingLimit).value
    }

    private mutating func document() throws(JSONError) -> JSONValue {
        reader.skipByteOrderMark()
        while true {
            reader.skipWhitespace()
            guard var value = try opening() else { continue }
            // A value is complete: hand it to what contains it, which may complete that as well.
            while !stack.isEmpty {
                guard let completed = try add(value) else { break }
                value = completed
            }
            if stack.isEmpty {
                try reader.expectEnd()
                return value
            }
        }
    }

    /// Reads a scalar or an empty container, or opens a container and returns nil.
    private mutating func opening() throws(JSONError) -> JSONValue? {
        let byte = try reader.peek()
        switch byte {
        case UInt8(ascii: "{"):
            try open()
            reader.skipWhitespace()
            if reader.consume(UInt8(ascii: "}")) { return .object(JSONObject()) }
            stack.append(Container(key: try key()))
            return nil
        case UInt8(ascii: "["):
            try open()
            reader.skipWhitespace()
            if reader.consume(UInt8(ascii: "]")) { return .array([]) }
            stack.append(Container())
            return nil
        default:
            return try reader.scalar(startingWith: byte)
        }
    }

    private mutating func open() throws(JSONError) {
        guard stack.count < nestingLimit else {
            throw reader.error(.tooDeep, "more than \(nestingLimit) levels of nesting")
        }
        reader.advance()
    }

    private mutating func key() throws(JSONError) -> String {
        reader.skipWhitespace()
        let byte = try reader.peek()
        guard byte == UInt8(ascii: "\"") else {
            throw reader.error(.unexpectedByte, "expected a member name in double quotes")
        }
        let key = try reader.string()
        reader.skipWhitespace()
        guard try reader.next() == UInt8(ascii: ":") else {
            throw reader.previousError(.unexpectedByte, "expected ':' after a member name")
        }
        return key
    }

    /// Adds a value to the innermost container; returns the container when that ends here, or nil when it goes on.
    private mutating func add(_ value: JSONValue) throws(JSONError) -> JSONValue? {
        reader.skipWhitespace()
        let byte = try reader.next()
        let last = stack.count - 1
        guard let key = stack[last].key else {
            if stack[last].elements.isEmpty { stack[last].elements.reserveCapacity(Self.roomAtFirst) }
            stack[last].elements.append(value)
            if byte == UInt8(ascii: "]") { return stack.popLast().map { .array($0.elements) } }
            guard byte == UInt8(ascii: ",") else {
                throw reader.previousError(.unexpectedByte, "expected ',' or ']' after an array element")
            }
            return nil
        }
        if stack[last].members.add(key, value) { duplicateKeys += 1 }
        if byte == UInt8(ascii: "}") { return stack.popLast().map { .object($0.members.object) } }
        guard byte == UInt8(ascii: ",") else {
            throw reader.previousError(.unexpectedByte, "expected ',' or '}' after an object member")
        }
        stack[last].key = try self.key()
        return nil
    }
}
