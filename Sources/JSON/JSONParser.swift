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
        /// What is left out of it.
        let scope: JSONOmission.Scope
        /// What is left out of the next value.
        var nextScope = JSONOmission.nothing
        /// Where the members stand, by name; nil up to ``JSONObject/linearLimit`` members.
        var names: NameIndex?
    }

    private var reader: JSONReader
    /// The members of open objects, of which the last may wait for its value; a pod has about forty at once.
    private var members = PendingStack<JSONObject.Member>(capacity: 48)
    /// The elements of open arrays.
    private var elements = PendingStack<JSONValue>(capacity: 32)
    /// The innermost open container; outside of all, an array that gets the document.
    private var innermost: Container
    /// The containers around the innermost one, and first what was the innermost outside of all.
    private var outer: [Container] = []
    private let nestingLimit: Int
    private let valueLimit: Int
    private let omitted: JSONOmission
    private var duplicateKeys = 0
    private var valueCount = 0

    private init(nestingLimit: Int, valueLimit: Int, marksLimit: Int, omitted: JSONOmission) {
        reader = JSONReader(marksLimit: marksLimit)
        self.nestingLimit = nestingLimit
        self.valueLimit = valueLimit
        self.omitted = omitted
        innermost = Container(start: 0, isObject: false, scope: JSONOmission.nothing, nextScope: omitted.document)
        // Deeper than nearly all documents go.
        outer.reserveCapacity(12)
    }

    /// Parses one document.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text.
    ///   - nestingLimit: How many arrays and objects may be open at once.
    ///   - valueLimit: How many values may be kept, containers included: small ones take many times their text in memory.
    ///   - marksLimit: How many combining characters may follow one another in a string that is kept.
    ///   - omitted: Members whose values are checked as JSON and then left out; duplicate keys in them do not count.
    /// - Returns: The value and how many duplicate keys it had (the last of each wins).
    /// - Throws: What is wrong with the text, and at which byte.
    public static func parseReporting(
        _ bytes: [UInt8],
        nestingLimit: Int = defaultNestingLimit,
        valueLimit: Int = .max,
        marksLimit: Int = .max,
        omitting omitted: JSONOmission = .none
    ) throws(JSONError) -> Result {
        var parser = JSONParser(
            nestingLimit: nestingLimit,
            valueLimit: valueLimit,
            marksLimit: marksLimit,
            omitted: omitted
        )
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
        repeat {
            repeat { reader.skipWhitespace(of: text) } while try opensContainer(text)
            // A value is complete, which may complete what contains it as well.
            while !outer.isEmpty, try closesContainer(text) {}
            guard valueCount <= valueLimit else { throw reader.error(.tooManyValues, "more than \(valueLimit) values") }
        } while !outer.isEmpty
        try reader.expectEnd(of: text)
        return elements.popLast() ?? .null
    }

    /// Begins a value: opens a container, or reads the whole of a scalar or an empty container and returns false.
    @inline(__always)
    private mutating func opensContainer(_ text: Span<UInt8>) throws(JSONError) -> Bool {
        let byte = try reader.peek(text)
        if innermost.nextScope == JSONOmission.all {
            try reader.skipValue(of: text, levels: nestingLimit - outer.count)
            innermost.nextScope = JSONOmission.nothing
            _ = members.popLast()
            return false
        }
        switch byte {
        case UInt8(ascii: "{"):
            try descend(text)
            if reader.consume(UInt8(ascii: "}"), of: text) {
                add(.object(JSONObject()))
                return false
            }
            open(Container(start: members.count, isObject: true, scope: innermost.nextScope))
            try readName(text)
            return true
        case UInt8(ascii: "["):
            try descend(text)
            if reader.consume(UInt8(ascii: "]"), of: text) {
                add(.array([]))
                return false
            }
            open(Container(start: elements.count, isObject: false, scope: JSONOmission.nothing))
            return true
        default:
            add(try reader.scalar(startingWith: byte, of: text))
            return false
        }
    }

    /// Goes past what follows a value; returns whether it ends the innermost container, which is a value then.
    @inline(__always)
    private mutating func closesContainer(_ text: Span<UInt8>) throws(JSONError) -> Bool {
        reader.skipWhitespace(of: text)
        let byte = try reader.next(text)
        let start = innermost.start
        guard innermost.isObject else {
            if byte == UInt8(ascii: "]") {
                close()
                add(.array(elements.removeAll(from: start)))
                return true
            }
            guard byte == UInt8(ascii: ",") else {
                throw reader.previousError(.unexpectedByte, "expected ',' or ']' after an array element")
            }
            return false
        }
        if byte == UInt8(ascii: "}") {
            close()
            add(.object(JSONObject(unique: members.removeAll(from: start))))
            return true
        }
        guard byte == UInt8(ascii: ",") else {
            throw reader.previousError(.unexpectedByte, "expected ',' or '}' after an object member")
        }
        try readName(text)
        return false
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
    private mutating func readName(_ text: Span<UInt8>) throws(JSONError) {
        reader.skipWhitespace(of: text)
        let byte = try reader.peek(text)
        guard byte == UInt8(ascii: "\"") else {
            throw reader.error(.unexpectedByte, "expected a member name in double quotes")
        }
        let name = try reader.string(of: text)
        innermost.nextScope = omitted.scope(of: name, in: innermost.scope)
        members.append(JSONObject.Member(key: name, value: .null))
        reader.skipWhitespace(of: text)
        guard try reader.next(text) == UInt8(ascii: ":") else {
            throw reader.previousError(.unexpectedByte, "expected ':' after a member name")
        }
    }

    /// Adds a value to the innermost container.
    @inline(__always)
    private mutating func add(_ value: consuming JSONValue) {
        valueCount &+= 1
        guard innermost.isObject else { return elements.append(value) }
        guard let earlier = namesakeOfLast() else { return members.setLastValue(value) }
        duplicateKeys += 1
        _ = members.popLast()
        members.setValue(value, at: earlier)
    }

    /// Where the innermost object has a member of the last one's name.
    @inline(__always)
    private mutating func namesakeOfLast() -> Int? {
        members.count &- innermost.start <= JSONObject.linearLimit
            ? members.namesakeOfLast(from: innermost.start) : positionOfLast()
    }

    /// Looks the last name up in an object of many members, whose names are collected at the first time.
    private mutating func positionOfLast() -> Int? {
        let last = members.count - 1
        var names = NameIndex()
        if let known = innermost.names {
            names = known
            innermost.names = nil
        } else {
            for place in innermost.start..<last { _ = members.namesake(ofMemberAt: place, in: &names) }
        }
        let earlier = members.namesake(ofMemberAt: last, in: &names)
        innermost.names = names
        return earlier
    }
}
