import JSON
import Kubernetes

/// A place at which two trees differ.
struct TreeDifference: Equatable {
    /// Where; an element of a list of named objects is named, not counted.
    let path: JSONPointer
    /// What is there in the first tree.
    let old: JSONValue?
    /// What is there in the second tree.
    let new: JSONValue?

    /// The deepest places at which two trees differ, in the order of the first tree, then of the second.
    ///
    /// The nesting of documents is bounded by their reader, so this recurses.
    static func between(_ old: JSONValue, _ new: JSONValue) -> [TreeDifference] {
        var differences: [TreeDifference] = []
        collect(old, new, JSONPointer(), &differences)
        return differences
    }

    private static func collect(
        _ old: JSONValue?,
        _ new: JSONValue?,
        _ path: JSONPointer,
        _ differences: inout [TreeDifference]
    ) {
        guard old != new else { return }
        if let first = members(old), let second = members(new) {
            for (name, value) in first {
                collect(value, second.first { $0.name == name }?.value, path.appending(name), &differences)
            }
            for (name, value) in second where !first.contains(where: { $0.name == name }) {
                collect(nil, value, path.appending(name), &differences)
            }
            return
        }
        if path.tokens.contains("resources"), let old, let new, let first = Quantity(json: old),
            let second = Quantity(json: new), first == second
        {
            return
        }
        differences.append(TreeDifference(path: path, old: old, new: new))
    }

    /// The members of an object, or the elements of a list of objects with names of their own; nil for anything else.
    private static func members(_ value: JSONValue?) -> [(name: String, value: JSONValue)]? {
        switch value {
        case .object(let object):
            return object.members.map { ($0.key, $0.value) }
        case .array(let elements):
            let names = elements.compactMap { $0["name"]?.string }
            guard names.count == elements.count, Set(names).count == names.count, !names.isEmpty else { return nil }
            return Array(zip(names, elements))
        default:
            return nil
        }
    }
}
