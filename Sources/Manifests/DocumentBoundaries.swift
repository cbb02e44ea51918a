import JSON

/// Divides a stream's text among its documents, without a gap.
///
/// A document starts at its separator or, after an explicit end (`...`), at what follows that; the first one starts
/// with the text. It ends where the next one starts.
struct DocumentBoundaries {
    private let end: Int
    private var nodes: [ComposedNode] = []
    /// Where each document starts.
    private var starts: [Int] = []
    /// Where the next document starts, when that is known before it is seen.
    private var next: Int?

    init(start: Int, end: Int) {
        self.end = end
        next = start
    }

    /// Notes the start of a document whose separator or first token is at the byte `offset`.
    mutating func begin(at offset: Int) {
        starts.append(next ?? offset)
        next = nil
    }

    /// Notes the end of a document; `next` is given when it has an explicit end.
    mutating func end(_ node: ComposedNode, next: Int?) {
        nodes.append(node)
        self.next = next
    }

    /// The documents of the file named `file`.
    func documents(file: String) -> [ManifestDocument] {
        let ends = starts.dropFirst() + [end]
        return zip(nodes, zip(starts, ends)).enumerated().map { index, element in
            let (node, (start, end)) = element
            return ManifestDocument(
                value: node.value,
                source: node.source,
                bytes: start..<max(start, end),
                format: .yaml,
                index: index,
                file: file
            )
        }
    }
}
