/// The members of a JSON object, in the order in which they were written.
///
/// Member names are unique and compared by their bytes. Look-ups are linear, which is the fastest there is for objects
/// of the size that Kubernetes has.
public struct JSONObject: Sendable {
    /// One member of an object.
    public struct Member: Sendable {
        /// The member's name.
        public let key: String
        /// The member's value.
        public var value: JSONValue

        /// Makes a member.
        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// Up to this many members names are compared one by one; above, they are looked up by hash.
    static let linearLimit = 16

    /// The members in order.
    public internal(set) var members: [Member]

    /// Makes an empty object.
    public init() {
        members = []
    }

    /// Makes an object from members whose names the caller knows to be unique.
    package init(unique members: [Member]) {
        self.members = members
    }

    /// The member names in order.
    public var keys: [String] {
        members.map(\.key)
    }

    /// Where the member named `key` stands among the members.
    @inlinable
    public func index(of key: String) -> Int? {
        let length = key.utf8.count
        let members = members.span
        for index in members.indices where members[index].key.utf8.count == length {
            if members[index].key.hasSameBytes(as: key) { return index }
        }
        return nil
    }

    /// The value named `key`; setting it replaces in place or appends, setting nil removes.
    public subscript(key: String) -> JSONValue? {
        @inlinable get {
            guard let index = index(of: key) else { return nil }
            return members[index].value
        }
        set {
            switch (index(of: key), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONObject: RandomAccessCollection {
    /// The position of the first member.
    public var startIndex: Int { members.startIndex }
    /// The position after the last member.
    public var endIndex: Int { members.endIndex }
    /// The member at `position`, which must be valid.
    public subscript(position: Int) -> Member { members[position] }
}

extension JSONObject: Equatable {
    /// Whether two objects have the same members, in whatever order.
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.count == right.count else { return false }
        if left.count <= linearLimit {
            return left.members.allSatisfy { right[$0.key] == $0.value }
        }
        var byKey: [ByteString: JSONValue] = [:]
        for member in right.members {
            byKey[ByteString(member.key)] = member.value
        }
        return left.members.allSatisfy { byKey[ByteString($0.key)] == $0.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object; of equal keys the last one wins.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (key, value) in elements {
            self[key] = value
        }
    }
}
