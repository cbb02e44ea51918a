/// Where each part of a JSON tree stands in the text it was read from.
///
/// A tree of the same shape as the value: the children of an object are in the order of its members, those of an array
/// in the order of its elements.
public struct SourceNode: Sendable {
    /// Where the value starts.
    public let start: SourcePosition
    /// The bytes of the value.
    public let bytes: Range<Int>
    /// Where the member's name starts, when the value is a member of an object.
    public let key: SourcePosition?
    /// The nodes of the members or elements, in order.
    public let children: [SourceNode]

    /// Makes a node.
    public init(start: SourcePosition, bytes: Range<Int>, key: SourcePosition?, children: [SourceNode]) {
        self.start = start
        self.bytes = bytes
        self.key = key
        self.children = children
    }

    /// The node of the deepest part of `pointer` that exists.
    ///
    /// - Parameters:
    ///   - pointer: The place in `value`.
    ///   - value: The tree that this node was made with.
    /// - Returns: The node at the place, or the one of the nearest ancestor that exists.
    public func nearest(to pointer: JSONPointer, in value: JSONValue) -> SourceNode {
        var (node, value) = (self, value)
        for token in pointer.tokens {
            let index: Int? =
                switch value {
                case .object(let object): object.index(of: token)
                case .array(let array): JSONPointer.arrayIndex(token, below: array.count)
                default: nil
                }
            guard let index, node.children.indices.contains(index) else { break }
            switch value {
            case .object(let object): value = object[index].value
            case .array(let array): value = array[index]
            default: break
            }
            node = node.children[index]
        }
        return node
    }
}
