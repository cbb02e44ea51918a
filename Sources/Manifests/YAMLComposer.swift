import JSON

/// Builds JSON trees with their places from libyaml's events.
///
/// It never recurses: open collections are on a stack of bounded depth. Aliases are expanded by sharing, and their
/// nodes count against the budget as if they were written out, so that a walk over the result is bounded as well.
struct YAMLComposer {
    /// What an anchor stands for.
    private enum Anchor {
        /// The collection is still open: an alias to it would contain itself.
        case open
        case complete(ComposedNode)
    }

    let bytes: [UInt8]
    let file: String
    let index: TextIndex
    let limits: ManifestLimits
    private let base: Int
    private var anchors: [String: Anchor] = [:]
    private var stack: [YAMLFrame] = []
    private var root: ComposedNode?
    /// The nodes so far, aliases expanded.
    private var nodes = 0
    /// The part of `nodes` that aliases added.
    private var aliasedNodes = 0

    /// Makes a composer for `bytes`, whose text starts at the byte `base`.
    init(_ bytes: [UInt8], base: Int, file: String, limits: ManifestLimits) {
        self.bytes = bytes
        self.base = base
        self.file = file
        self.limits = limits
        index = TextIndex(bytes, base: base)
    }

    /// Reads every document of the stream.
    mutating func documents() throws(ManifestError) -> [ManifestDocument] {
        try checkTagDirectives()
        guard var parser = YAMLEventParser(YAMLInput(bytes, base: base)) else {
            throw error(.unreadable, "memory is exhausted; give the process more", at: base)
        }
        var documents = DocumentBoundaries(start: base, end: bytes.count)
        while true {
            let event = try next(&parser)
            let (start, end) = (index.offset(ofCharacter: event.start), index.offset(ofCharacter: event.end))
            switch event.kind {
            case .streamStart: break
            case .streamEnd: return documents.documents(file: file)
            case .documentStart:
                try spend(ManifestLimits.nodesPerDocument, at: start)
                documents.begin(at: start)
                anchors = [:]
                root = nil
            case .documentEnd(let isImplicit):
                documents.end(root ?? emptyNode(at: start), next: isImplicit ? nil : endOfLine(after: end))
            default:
                try add(event.kind, start: start, end: end)
            }
        }
    }

    private func next(_ parser: inout YAMLEventParser) throws(ManifestError) -> YAMLEvent {
        do {
            return try parser.next()
        } catch {
            let offset = error.byte.map { min(base + $0, bytes.count) } ?? index.offset(ofCharacter: error.character)
            if let mark = strayByteOrderMark(before: offset) {
                let reason = "a byte order mark stands inside the file, as in files that were joined; remove it"
                throw self.error(.encoding, reason, at: mark)
            }
            let advice = YAMLSyntaxAdvice(error, at: bytes.dropFirst(offset).first)
            throw self.error(advice.code, advice.reason, at: offset)
        }
    }

    private mutating func add(_ kind: YAMLEvent.Kind, start: Int, end: Int) throws(ManifestError) {
        switch kind {
        case .scalar(let scalar):
            let node = try self.scalar(scalar, start: start, end: end)
            if let anchor = scalar.anchor { anchors[anchor] = .complete(node) }
            try spend(1, at: start)
            try complete(node, end: node.source.bytes.upperBound)
        case .alias(let anchor):
            try complete(try alias(anchor, start: start, end: end), end: end)
        case .sequenceStart(let anchor, let tag):
            try open(isMapping: false, anchor: anchor, tag: tag, start: start, end: end)
        case .mappingStart(let anchor, let tag):
            try open(isMapping: true, anchor: anchor, tag: tag, start: start, end: end)
        case .sequenceEnd, .mappingEnd:
            // A block collection "ends" where the next token starts; a flow collection at its bracket.
            let isBracket = end > start && [UInt8(ascii: "]"), UInt8(ascii: "}")].contains(bytes[end - 1])
            try close(end: isBracket ? end : nil)
        case .streamStart, .streamEnd, .documentStart, .documentEnd:
            break
        }
    }

    private mutating func open(
        isMapping: Bool,
        anchor: String?,
        tag: String?,
        start: Int,
        end: Int
    ) throws(ManifestError) {
        let own = isMapping ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq"
        guard tag == nil || tag == "!" || tag == own else {
            throw unknownTag(tag ?? "", at: start)
        }
        guard stack.count < limits.nesting else { throw tooDeep(at: start) }
        try spend(1, at: start)
        if let anchor { anchors[anchor] = .open }
        stack.append(YAMLFrame(isMapping: isMapping, anchor: anchor, start: start, end: end))
    }

    private mutating func close(end: Int?) throws(ManifestError) {
        guard let frame = stack.popLast() else { return }
        let end = end ?? frame.end
        let (object, memberNodes) = frame.mapping.result
        let node = ComposedNode(
            value: frame.isMapping ? .object(object) : .array(frame.elements),
            source: SourceNode(
                start: index.position(ofOffset: frame.start),
                bytes: frame.start..<max(frame.start, end),
                key: nil,
                children: frame.isMapping ? memberNodes : frame.nodes
            ),
            scalar: nil,
            isMergeKey: false,
            count: frame.count,
            height: frame.height + 1
        )
        if let anchor = frame.anchor { anchors[anchor] = .complete(node) }
        try complete(node, end: end)
    }

    private mutating func alias(_ anchor: String, start: Int, end: Int) throws(ManifestError) -> ComposedNode {
        switch anchors[anchor] {
        case nil:
            throw error(.invalidAlias, "the alias '*\(anchor.excerpt)' has no anchor of that name before it", at: start)
        case .open:
            throw error(.invalidAlias, "the alias '*\(anchor.excerpt)' stands inside its own anchor", at: start)
        case .complete(let node):
            guard node.height <= limits.nesting - stack.count else { throw tooDeep(at: start) }
            aliasedNodes += node.count
            guard aliasedNodes <= max(10_000, bytes.count * ManifestLimits.expansion) else {
                throw error(
                    .tooManyNodes,
                    "aliases repeat too much; write the repeated parts out or drop them",
                    at: start
                )
            }
            try spend(node.count, at: start)
            return ComposedNode(
                value: node.value,
                source: SourceNode(
                    start: index.position(ofOffset: start),
                    bytes: start..<end,
                    key: nil,
                    children: node.source.children
                ),
                scalar: node.scalar,
                isMergeKey: false,
                count: node.count,
                height: node.height
            )
        }
    }

    private mutating func spend(_ count: Int, at offset: Int) throws(ManifestError) {
        nodes += count
        guard nodes <= limits.nodes else {
            throw error(.tooManyNodes, "the file has more than \(limits.nodes) values; split it", at: offset)
        }
    }

    /// Hands a complete node to the collection it is in, or makes it the document.
    private mutating func complete(_ node: ComposedNode, end: Int) throws(ManifestError) {
        let isKey = stack.last.map { $0.isMapping && $0.key == nil } ?? false
        guard isKey || !node.isNotFinite else {
            let reason = "JSON has no infinite numbers and no NaN; put the value in quotes"
            throw error(.unsupportedNumber, reason, at: node.source.start.offset)
        }
        guard let last = stack.indices.last else {
            root = node
            return
        }
        stack[last].end = max(stack[last].end, end)
        stack[last].count += node.count
        stack[last].height = max(stack[last].height, node.height)
        guard stack[last].isMapping else {
            stack[last].elements.append(node.value)
            stack[last].nodes.append(node.source)
            return
        }
        guard let key = stack[last].key else {
            stack[last].key = try self.key(node)
            return
        }
        stack[last].key = nil
        try add(node, named: key, to: last)
    }

    private mutating func add(_ node: ComposedNode, named key: YAMLFrame.Key, to frame: Int) throws(ManifestError) {
        guard let name = key.name else {
            // Of several merged mappings the first one wins, so it is merged last.
            for (object, children) in try merged(node).reversed() {
                stack[frame].mapping.merge(object, children)
            }
            return
        }
        guard let earlier = stack[frame].mapping.add(name, at: key.place, node.value, node.source) else { return }
        throw duplicate(name, at: key.place, earlier: earlier)
    }
}
