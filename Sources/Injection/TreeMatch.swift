import JSON
import Kubernetes
import SidecarCatalog

/// Tells whether a part of a pod is what was rendered, after the API server and other webhooks have been at it.
///
/// The API server fills in defaults, drops empty members and spells quantities its own way; ServiceAccount admission
/// and others add mounts and variables. So only what was rendered is looked for.
enum TreeMatch {
    /// Arrays of named things, to which others may add.
    private static let openLists: Set<String> = ["volumeMounts", "env"]
    /// Objects whose members are quantities, and single quantities.
    private static let quantities: Set<String> = ["requests", "limits", "sizeLimit"]

    /// Whether everything in `rendered` is in `actual`.
    static func contains(_ actual: JSONValue?, _ rendered: JSONValue, member: String = "") -> Bool {
        guard let actual, !actual.isNull else { return isEmpty(rendered) }
        switch (rendered, actual) {
        case (.object(let rendered), .object(let actual)):
            return rendered.members.allSatisfy { entry in
                let isQuantity = quantities.contains(member)
                return contains(actual[entry.key], entry.value, member: isQuantity ? "sizeLimit" : entry.key)
            }
        case (.array(let rendered), .array(let actual)):
            if openLists.contains(member) {
                return rendered.allSatisfy { element in actual.contains { contains($0, element) } }
            }
            return rendered.count == actual.count
                && zip(actual, rendered).allSatisfy { contains($0, $1) }
        default:
            return actual == rendered || (member == "sizeLimit" && sameQuantity(actual, rendered))
        }
    }

    /// Whether a value is one that Go's `omitempty` leaves out.
    private static func isEmpty(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false), .string(""): true
        case .number(let number): number.integer == 0
        case .array(let array): array.isEmpty
        case .object(let object): object.members.allSatisfy { isEmpty($0.value) }
        default: false
        }
    }

    private static func sameQuantity(_ left: JSONValue, _ right: JSONValue) -> Bool {
        guard let left = quantity(left), let right = quantity(right) else { return false }
        return left == right
    }

    private static func quantity(_ value: JSONValue) -> Quantity? {
        (value.string ?? value.number?.lexeme).flatMap { Quantity($0) }
    }
}
