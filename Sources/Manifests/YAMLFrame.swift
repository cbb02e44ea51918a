import JSON

/// A collection that is open while its events are read; filled in place.
struct YAMLFrame {
    /// A key whose value comes next.
    struct Key {
        /// The member name; nil for a merge key.
        let name: String?
        let place: SourcePosition
    }

    let isMapping: Bool
    let anchor: String?
    /// The byte at which the collection starts, its anchor and tag included.
    let start: Int
    /// The byte after its last child.
    var end: Int
    var key: Key?
    var elements: [JSONValue] = []
    var nodes: [SourceNode] = []
    var mapping = MappingBuilder()
    var count = 1
    var height = 0

    init(isMapping: Bool, anchor: String?, start: Int, end: Int) {
        self.isMapping = isMapping
        self.anchor = anchor
        self.start = start
        self.end = end
    }
}
