import JSON

/// A value in the document with the way to it.
struct ConfigurationNode {
    let value: JSONValue
    let pointer: JSONPointer

    /// The elements of an array with their places; none when the value is no array.
    var elements: [ConfigurationNode] {
        (value.array ?? []).enumerated().map { index, element in
            ConfigurationNode(value: element, pointer: pointer.appending(index))
        }
    }
}

/// The members of one message by their proto names.
struct ConfigurationMessage {
    let pointer: JSONPointer
    let members: [String: ConfigurationNode]

    /// The member `name`, or nil when it is absent.
    subscript(name: String) -> ConfigurationNode? { members[name] }
}
