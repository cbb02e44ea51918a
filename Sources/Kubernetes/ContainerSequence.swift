import JSON

/// The containers of a pod, list by list; elements that are no objects are left out but keep their index.
package struct ContainerSequence: Sequence, IteratorProtocol, Sendable {
    private let spec: JSONObject
    private let last: ContainerLens.List
    private var list: ContainerLens.List
    private var elements: [JSONValue]
    private var index = 0

    /// Goes through the lists of a pod from one to another.
    init(spec: JSONObject, from first: ContainerLens.List, through last: ContainerLens.List) {
        self.spec = spec
        self.last = last
        list = first
        elements = Self.elements(first, of: spec)
    }

    /// The next container.
    package mutating func next() -> ContainerLens? {
        while true {
            while elements.indices.contains(index) {
                defer { index += 1 }
                guard let json = elements[index].object else { continue }
                return ContainerLens(list: list, index: index, json: json)
            }
            guard list != last, let following = list.following else { return nil }
            (list, index) = (following, 0)
            elements = Self.elements(following, of: spec)
        }
    }

    private static func elements(_ list: ContainerLens.List, of spec: JSONObject) -> [JSONValue] {
        spec[list.rawValue]?.array ?? []
    }
}

extension ContainerLens.List {
    /// The list after this one.
    fileprivate var following: Self? {
        switch self {
        case .initContainers: .containers
        case .containers: .ephemeralContainers
        case .ephemeralContainers: nil
        }
    }
}
