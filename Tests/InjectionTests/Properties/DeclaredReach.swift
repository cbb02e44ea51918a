import JSON

/// Where the catalog lets the value of a parameter go.
struct DeclaredReach {
    let parameter: String

    private var reference: String { "$(params.\(parameter))" }

    /// Whether the declaration `raw` has the parameter at `place`, or at a value that `place` lies in.
    ///
    /// Where elements or members are chosen by another parameter, places do not correspond: there the parameter has to
    /// be somewhere in what is chosen from.
    func includes(_ place: ArraySlice<String>, in raw: JSONValue) -> Bool {
        switch raw {
        case .string(let text):
            return text.contains(reference)
        case .object(let object):
            guard let token = place.first, !hasChoice(object), let value = object[token] else {
                return hasChoice(object) && isAnywhere(in: raw)
            }
            return includes(place.dropFirst(), in: value)
        case .array(let elements):
            if elements.contains(where: { $0.object.map(hasChoice) ?? false }) { return isAnywhere(in: raw) }
            guard let index = place.first.flatMap({ Int($0) }), elements.indices.contains(index) else { return false }
            return includes(place.dropFirst(), in: elements[index])
        case .null, .bool, .number:
            return false
        }
    }

    /// Whether the parameter is referred to in any text of a tree.
    func isAnywhere(in raw: JSONValue) -> Bool {
        switch raw {
        case .string(let text): text.contains(reference)
        case .object(let object): object.members.contains { isAnywhere(in: $0.value) }
        case .array(let elements): elements.contains { isAnywhere(in: $0) }
        case .null, .bool, .number: false
        }
    }

    private func hasChoice(_ object: JSONObject) -> Bool {
        object.members.contains { $0.key.hasPrefix("$(params.") }
    }
}
