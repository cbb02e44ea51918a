/// Collects the members of one object while it is parsed; the last of equal names wins (as in the API server).
struct ObjectBuilder {
    /// Up to this many members names are compared one by one; above, they are looked up by hash.
    static let linearLimit = 16

    private var members: [JSONObject.Member] = []
    private var positions: [ByteString: Int] = [:]

    /// Adds a member, in the place of an earlier one of the same name.
    ///
    /// - Returns: Whether the name was there already.
    mutating func add(_ key: String, _ value: JSONValue) -> Bool {
        if let position = position(of: key) {
            members[position].value = value
            return true
        }
        if members.isEmpty { members.reserveCapacity(JSONParser.roomAtFirst) }
        if members.count == Self.linearLimit {
            for (position, member) in members.enumerated() {
                positions[ByteString(member.key)] = position
            }
        }
        if members.count >= Self.linearLimit {
            positions[ByteString(key)] = members.count
        }
        members.append(JSONObject.Member(key: key, value: value))
        return false
    }

    /// The object with the members added so far.
    var object: JSONObject {
        JSONObject(unique: members)
    }

    private func position(of key: String) -> Int? {
        if members.count <= Self.linearLimit, positions.isEmpty {
            let length = key.utf8.count
            for index in members.indices where members[index].key.utf8.count == length {
                if members[index].key.hasSameBytes(as: key) { return index }
            }
            return nil
        }
        return positions[ByteString(key)]
    }
}
