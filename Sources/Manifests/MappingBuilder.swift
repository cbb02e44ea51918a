import JSON

/// Collects the members of one YAML mapping with their places.
///
/// As in go-yaml v2, a merge overwrites what stands before it, and a key after it overwrites what was merged.
struct MappingBuilder {
    /// Up to this many members names are compared one by one; above, they are looked up by hash.
    private static let linearLimit = 16

    private var members: [JSONObject.Member] = []
    private var nodes: [SourceNode] = []
    /// Where each key is written in the mapping itself; nil for a member that was only merged.
    private var keys: [SourcePosition?] = []
    private var positions: [[UInt8]: Int] = [:]

    /// The members and their places.
    var result: (object: JSONObject, nodes: [SourceNode]) {
        (JSONObject(unique: members), nodes)
    }

    /// Adds a member that is written in the mapping.
    ///
    /// - Returns: Where the same key is written before, which makes this one an error; nil when it was added.
    mutating func add(_ key: String, at place: SourcePosition, _ value: JSONValue, _ node: SourceNode)
        -> SourcePosition?
    {
        if let index = index(of: key), let earlier = keys[index] { return earlier }
        put(key, value, SourceNode(start: node.start, bytes: node.bytes, key: place, children: node.children), place)
        return nil
    }

    /// Adds the members of another mapping, over those that are there.
    mutating func merge(_ object: JSONObject, _ children: [SourceNode]) {
        for (member, node) in zip(object.members, children) {
            put(member.key, member.value, node, nil)
        }
    }

    private mutating func put(_ key: String, _ value: JSONValue, _ node: SourceNode, _ place: SourcePosition?) {
        if let index = index(of: key) {
            members[index].value = value
            nodes[index] = node
            keys[index] = place ?? keys[index]
            return
        }
        if members.count == Self.linearLimit {
            for (index, member) in members.enumerated() {
                positions[Array(member.key.utf8)] = index
            }
        }
        if members.count >= Self.linearLimit { positions[Array(key.utf8)] = members.count }
        members.append(JSONObject.Member(key: key, value: value))
        nodes.append(node)
        keys.append(place)
    }

    private func index(of key: String) -> Int? {
        guard positions.isEmpty else { return positions[Array(key.utf8)] }
        return members.firstIndex { $0.key.hasSameBytes(as: key) }
    }
}
