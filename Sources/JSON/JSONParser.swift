/// A strict, iterative parser for one JSON document (RFC 8259).
///
/// It accepts nothing beyond the grammar except a byte order mark before the value (RFC 8259 section 8.1 lets a parser
/// ignore it). It never recurses, so the depth of hostile input costs no stack; a lone surrogate escape becomes U+FFFD,
/// as in the API server's decoder.
public struct JSONParser: ~Copyable {
    /// The nesting allowed unless said otherwise; a real pod needs fewer than 20 levels.
    public static let defaultNestingLimit = 512

    /// What a parse found beside the value.
    public struct Result: Sendable {
        /// The document.
        public let value: JSONValue
        /// How many members were overwritten by a later member of the same name.
        public let duplicateKeys: Int
    }

    /// An array or object that is open; its values so far are the last ones that are pending.
    private struct Container {
        /// Where its values begin among the pending members or elements.
        let start: Int
        /// Whether it is an object.
        let isObject: Bool
        /// The name of the member whose value comes next; empty in an array.
        var key = ""
        /// Whether the next value is left out.
        var isNextOmitted = false
        /// Where the members stand, by name; nil up to ``JSONObject/linearLimit`` members.
        var positions: [ByteString: Int]?
    }

    private var reader = JSONReader()
    private var members = PendingStack<JSONObject.Member>()
    private var elements = PendingStack<JSONValue>()
    /// The innermost open container; outside of all, one that means nothing.
    ///
    /// Not optional: a name assigned through an optional chain here is never freed (Swift 6.3.1).
    private var innermost = Container(start: 0, isObject: false)
    /// The containers around the innermost one, and first what was the innermost outside of all.
    private var outer: [Container] = []
    private let nestingLimit: Int
    private let omitted: JSONOmission
    private var duplicateKeys = 0

    private init(nestingLimit: Int, omitted: JSONOmission) {
        self.nestingLimit = nestingLimit
        self.omitted = omitted
    }

    /// Parses one document.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text.
    ///   - nestingLimit: How many arrays and objects may be open at once.
    ///   - omitted: Members whose values are checked as JSON and then left out; duplicate keys in them do not count.
    /// - Returns: The value and how many duplicate keys it had (the last of each wins).
    /// - Throws: What is wrong with the text, and at which byte.
    public static func parseReporting(
        _ bytes: [UInt8],
        nestingLimit: Int = defaultNestingLimit,
        omitting omitted: JSONOmission = .none
    ) throws(JSONError) -> Result {
        var parser = JSONParser(nestingLimit: nestingLimit, omitted: omitted)
        let value = try parser.document(bytes.span)
        return Result(value: value, duplicateKeys: parser.duplicateKeys)
    }

    /// Parses one document; of equal keys the last one wins.
    public static func parse(
        _ bytes: [UInt8],
        nestingLimit: Int = defaultNestingLimit
    ) throws(JSONError) -> JSONValue {
        try parseReporting(bytes, nestingLimit: nestingLimit).value
    }

    private mutating func document(_ text: Span<UInt8>) throws(JSONError) -> JSONValue {
        reader.skipByteOrderMark(of: text)
        while true {
            reader.skipWhitespace(of: text)
            guard var value = try opening(text) else { continue }
            // A value is complete: hand it to what contains it, which may complete that as well.
            while !outer.isEmpty {
                guard let completed = try add(value, text) else { break }
                value = completed
            }
            if outer.isEmpty {
                try reader.expectEnd(of: text)
                return value
            }
        }
    }

    /// Reads a scalar or an empty container, or opens a container and returns nil.
    @inline(__always)
    private mutating func opening(_ text: Span<UInt8>) throws(JSONError) -> JSONValue? {
        let byte = try reader.peek(text)
        if innermost.isNextOmitted {
            try reader.skipValue(of: text, levels: nestingLimit - outer.count)
            return .null
        }
        switch byte {
        case UInt8(ascii: "{"):
            try descend(text)
            if reader.consume(UInt8(ascii: "}"), of: text) { return .object(JSONObject()) }
            open(Container(start: members.count, isObject: true))
            try readKey(text)
            return nil
        case UInt8(ascii: "["):
            try descend(text)
            if reader.consume(UInt8(ascii: "]"), of: text) { return .array([]) }
            open(Container(start: elements.count, isObject: false))
            return nil
        default:
            return try reader.scalar(startingWith: byte, of: text)
        }
    }

    /// Goes past an opening bracket, where the limit allows one more level.
    private mutating func descend(_ text: Span<UInt8>) throws(JSONError) {
        guard outer.count < nestingLimit else {
            throw reader.error(.tooDeep, "more than \(nestingLimit) levels of nesting")
        }
        reader.advance()
        reader.skipWhitespace(of: text)
    }

    private mutating func open(_ container: Container) {
        outer.append(innermost)
        innermost = container
    }

    private mutating func close() {
        guard let enclosing = outer.popLast() else { return }
        innermost = enclosing
    }

    /// Reads the name of the innermost object's next member.
    private mutating func readKey(_ text: Span<UInt8>) throws(JSONError) {
        reader.skipWhitespace(of: text)
        let byte = try reader.peek(text)
        guard byte == UInt8(ascii: "\"") else {
            throw reader.error(.unexpectedByte, "expected a member name in double quotes")
        }
        innermost.key = try reader.string(of: text)
        reader.skipWhitespace(of: text)
        guard try reader.next(text) == UInt8(ascii: ":") else {
            throw reader.previousError(.unexpectedByte, "expected ':' after a member name")
        }
        if omitted.mayContain(depth: outer.count, nameLength: innermost.key.utf8.count) {
            // The first of `outer` is what was innermost outside of all; each other one's name leads to the next.
            let path = outer.dropFirst().lazy.map { $0.isObject ? $0.key : nil }
            innermost.isNextOmitted = omitted.contains(innermost.key, below: path)
        }
    }

    /// Adds a value to the innermost container; returns the container when that ends here, or nil when it goes on.
    @inline(__always)
    private mutating func add(_ value: consuming JSONValue, _ text: Span<UInt8>) throws(JSONError) -> JSONValue? {
        reader.skipWhitespace(of: text)
        let byte = try reader.next(text)
        let start = innermost.start
        guard innermost.isObject else {
            elements.append(value)
            if byte == UInt8(ascii: "]") {
                close()
                return .array(elements.removeAll(from: start))
            }
            guard byte == UInt8(ascii: ",") else {
                throw reader.previousError(.unexpectedByte, "expected ',' or ']' after an array element")
            }
            return nil
        }
        if innermost.isNextOmitted {
            innermost.isNextOmitted = false
        } else {
            add(value, named: innermost.key, after: start)
        }
        if byte == UInt8(ascii: "}") {
            close()
            return .object(JSONObject(unique: members.removeAll(from: start)))
        }
        guard byte == UInt8(ascii: ",") else {
            throw reader.previousError(.unexpectedByte, "expected ',' or '}' after an object member")
        }
        try readKey(text)
        return nil
    }

    /// Adds a member to the innermost object, or replaces the one of the same name.
    @inline(__always)
    private mutating func add(_ value: consuming JSONValue, named key: String, after start: Int) {
        let count = members.count - start
        let length = key.utf8.count
        let earlier =
            count <= JSONObject.linearLimit
            ? members.firstIndex(from: start) { $0.key.utf8.count == length && $0.key.hasSameBytes(as: key) }
            : position(of: key, after: start)
        guard let earlier else {
            let place = members.count
            if count > JSONObject.linearLimit { innermost.positions?[ByteString(key)] = place }
            return members.append(JSONObject.Member(key: key, value: value))
        }
        duplicateKeys += 1
        members.update(at: earlier) { $0.value = value }
    }

    /// Looks a name up in an object of many members, whose names are collected at the first time.
    private mutating func position(of key: String, after start: Int) -> Int? {
        if innermost.positions == nil {
            var positions: [ByteString: Int] = [:]
            var index = start
            _ = members.firstIndex(from: start) { member in
                positions[ByteString(member.key)] = index
                index += 1
                return false
            }
            innermost.positions = positions
        }
        return innermost.positions?[ByteString(key)]
    }
}
