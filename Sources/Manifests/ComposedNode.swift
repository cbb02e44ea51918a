import JSON

/// A complete YAML node: its JSON value, its place, and what it costs to repeat it through an alias.
struct ComposedNode {
    let value: JSONValue
    /// The place, without the name under which it becomes a member.
    let source: SourceNode
    /// The meaning as a scalar, needed when the node becomes a key; nil for a collection.
    let scalar: ResolvedScalar?
    /// Whether it is the key `<<`, which merges its value into the mapping.
    let isMergeKey: Bool
    /// How many nodes it consists of, itself included.
    let count: Int
    /// How many collections are nested in it, itself included.
    let height: Int

    /// Whether it is a number that JSON does not have: fit as a key, but not as a value.
    var isNotFinite: Bool {
        guard case .float(let value, _)? = scalar else { return false }
        return !value.isFinite
    }
}
