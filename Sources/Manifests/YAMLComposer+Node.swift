import JSON

extension YAMLComposer {
    /// The node of a scalar.
    func scalar(_ scalar: YAMLScalar, start: Int, end: Int) throws(ManifestError) -> ComposedNode {
        let scalar = hasNonSpecificTag(start..<end) ? scalar.asString : scalar
        let resolved: ResolvedScalar
        do {
            resolved = try YAMLScalarResolver.resolve(scalar)
        } catch {
            switch error {
            case .unknownTag: throw unknownTag(scalar.tag ?? "", at: start)
            case .mismatch:
                let tag = Self.short(scalar.tag ?? "")
                throw self.error(.unsupportedTag, "the value is not what its tag \(tag) says; drop the tag", at: start)
            }
        }
        let position = index.position(ofOffset: start)
        let end = scalar.isBlock ? endOfBlock(scalar.value, start: start, end: end) : end
        return ComposedNode(
            value: resolved.json ?? .null,
            source: SourceNode(start: position, bytes: start..<max(start, end), key: nil, children: []),
            scalar: resolved,
            isMergeKey: scalar.value == "<<" && (scalar.isImplicit || scalar.tag == "tag:yaml.org,2002:merge"),
            count: 1,
            height: 0
        )
    }

    /// Whether a scalar has the tag `!`, which makes it a string and which libyaml does not report.
    private func hasNonSpecificTag(_ range: Range<Int>) -> Bool {
        var text = bytes[range]
        if text.first == UInt8(ascii: "&") {
            text = text.drop { $0 != 0x20 && $0 != 0x09 }.drop { $0 == 0x20 || $0 == 0x09 }
        }
        return text.first == UInt8(ascii: "!")
    }

    /// An empty document's node.
    func emptyNode(at offset: Int) -> ComposedNode {
        let source = SourceNode(
            start: index.position(ofOffset: offset),
            bytes: offset..<offset,
            key: nil,
            children: []
        )
        return ComposedNode(value: .null, source: source, scalar: .null, isMergeKey: false, count: 1, height: 0)
    }

    /// The node as a mapping's key.
    func key(_ node: ComposedNode) throws(ManifestError) -> YAMLFrame.Key {
        let place = node.source.start
        guard !node.isMergeKey else { return YAMLFrame.Key(name: nil, place: place) }
        guard let scalar = node.scalar else {
            throw error(
                .unsupportedKey,
                "a key is a list or a mapping; JSON has only strings as keys",
                at: place.offset
            )
        }
        guard let name = scalar.key else {
            throw error(.unsupportedKey, "a key is null or too big a number; put it in quotes", at: place.offset)
        }
        return YAMLFrame.Key(name: name, place: place)
    }

    /// The mappings that the value of a merge key stands for, in order of precedence.
    func merged(_ node: ComposedNode) throws(ManifestError) -> [(JSONObject, [SourceNode])] {
        switch node.value {
        case .object(let object):
            return [(object, node.source.children)]
        case .array(let elements):
            let mappings = zip(elements, node.source.children).compactMap { element, source in
                element.object.map { ($0, source.children) }
            }
            guard mappings.count == elements.count else { fallthrough }
            return mappings
        default:
            let reason = "the merge key '<<' needs a mapping or a list of mappings"
            throw error(.invalidMerge, reason, at: node.source.start.offset)
        }
    }

    /// Where a block scalar's text really ends: libyaml takes blank lines behind it as part of it.
    ///
    /// Like the end of any other node it excludes the last line break. Blank lines are kept where they are part of the
    /// value (`|+`).
    private func endOfBlock(_ value: String, start: Int, end: Int) -> Int {
        let keepsBlankLines = value.hasSuffix("\n\n") || value == "\n"
        var end = end
        while end > start, isLineBreak(bytes[end - 1]) {
            let lineEnd = end
            end -= 1
            if end > start, bytes[end] == 0x0A, bytes[end - 1] == 0x0D { end -= 1 }
            guard !keepsBlankLines else { return end }
            var line = end
            while line > start, bytes[line - 1] == 0x20 || bytes[line - 1] == 0x09 {
                line -= 1
            }
            guard line > start, isLineBreak(bytes[line - 1]), line < lineEnd else { return end }
            end = line
        }
        return end
    }

    private func isLineBreak(_ byte: UInt8) -> Bool {
        byte == 0x0A || byte == 0x0D
    }

    /// The byte after the line break that ends the line of the byte `offset`.
    func endOfLine(after offset: Int) -> Int {
        guard let lineBreak = bytes[min(offset, bytes.count)...].firstIndex(of: 0x0A) else { return bytes.count }
        return lineBreak + 1
    }
}
