package import JSON

/// Quantities by the name of a resource, such as `cpu`, `memory` or `nvidia.com/gpu`.
package struct ResourceList: Sendable, Equatable {
    /// The quantities by name.
    package private(set) var quantities: [String: Quantity] = [:]

    /// Makes an empty list.
    package init() {}

    /// Reads a list from a pod; what is no quantity or is negative is left out, which the API server refuses.
    package init(json: JSONValue?) {
        add(json: json?.object)
    }

    /// The quantity of a resource; nil when the list does not have it.
    package subscript(name: String) -> Quantity? {
        get { quantities[name] }
        set { quantities[name] = newValue }
    }

    /// Whether the list has no resource at all.
    package var isEmpty: Bool { quantities.isEmpty }
    /// The names of all resources in order.
    package var names: [String] { quantities.keys.sorted() }

    /// Adds each quantity of a list in a pod, but for those that another list has.
    mutating func add(json: JSONObject?, except other: JSONObject? = nil) {
        guard let json else { return }
        for member in json.members {
            guard let quantity = Quantity(resource: member.value) else { continue }
            if let other, other[member.key].flatMap(Quantity.init(resource:)) != nil { continue }
            quantities[member.key, default: .zero] += quantity
        }
    }

    /// Adds each quantity of another list.
    package mutating func add(_ other: ResourceList) {
        quantities.merge(other.quantities) { $0 + $1 }
    }

    /// Raises each quantity to that of another list, when that is larger.
    package mutating func raise(to other: ResourceList) {
        quantities.merge(other.quantities) { max($0, $1) }
    }

    /// Replaces the quantities that another list has.
    package mutating func replace(with other: ResourceList) {
        quantities.merge(other.quantities) { $1 }
    }
}

extension Quantity {
    /// Reads the quantity of a resource as the API server keeps it, in thousandths; nil when it is none or negative.
    init?(resource json: JSONValue) {
        guard let quantity = Quantity(json: json), quantity >= .zero else { return nil }
        self = quantity.roundedToMilli
    }
}
