import JSON

extension DocumentEditor {
    /// Puts a collection on lines below a key that has nothing, `null` or an empty collection.
    ///
    /// A `null` that is written out becomes a comment, so that it can come back as it was spelled.
    mutating func expand(_ node: SourceNode, to value: JSONValue, below key: SourcePosition, isNull: Bool = false) {
        var range = node.bytes
        if !range.isEmpty, follows(range.lowerBound, 0x20) { range = range.lowerBound - 1..<range.upperBound }
        if isNull, !range.isEmpty {
            insert(Array("# ".utf8), at: node.bytes.lowerBound)
        } else if !range.isEmpty {
            replace(range, with: [])
        }
        let column = key.column - 1
        switch value {
        case .object(let object):
            let lines = YAMLWriter.members(object, column: column + layout.step, layout: layout)
            insert(lines: lines, behindLineOf: node.bytes.upperBound)
        case .array(let elements):
            let lines = YAMLWriter.items(elements, column: column + layout.sequenceStep, layout: layout)
            insert(lines: lines, behindLineOf: node.bytes.upperBound)
        default: break
        }
    }

    /// Takes the lines of a collection away that stand below a key which has nothing, or `null`, without them.
    mutating func collapse(_ node: SourceNode, below key: SourcePosition) throws(Refusal) {
        let start = content(of: node)
        guard let colon = colon(behind: key.offset), startsLine(start), startOfLine(start) > key.offset else {
            throw .shape
        }
        let line = bytes[colon..<endOfLine(key.offset)]
        let comment = line.drop { $0 == 0x20 || $0 == 0x09 }
        let word = comment.dropFirst(2).prefix { !Self.isSpace($0) }
        if comment.starts(with: "# ".utf8), Self.nulls.contains(where: { word.elementsEqual($0.utf8) }) {
            replace(comment.startIndex..<word.startIndex, with: [])
        }
        remove(linesFrom: start, toLineOf: node.bytes.upperBound)
    }

    /// How YAML 1.1 spells null (https://yaml.org/type/null.html).
    private static let nulls = ["null", "~", "Null", "NULL"]

    /// Adds members behind the last one of a mapping.
    mutating func append(
        _ members: [JSONObject.Member],
        to place: Place,
        isFlow: Bool,
        isEmpty: Bool
    ) throws(Refusal) {
        guard !isFlow else { return appendInBrackets(members, to: place.node, isEmpty: isEmpty) }
        let own = place.node.children.first { child in
            child.key.map { place.node.bytes.contains($0.offset) } ?? false
        }
        guard let column = own?.key?.column, !isEmpty else { throw .shape }
        let start = content(of: place.node)
        // A key behind a question mark stands further in than its mapping.
        let isMarked = place.node.bytes.contains(start) && bytes[start] == UInt8(ascii: "?") && startsLine(start)
        let first = isMarked ? start - startOfLine(start) : column - 1
        let lines = YAMLWriter.members(JSONObject(unique: members), column: first, layout: layout)
        guard endsInOpenScalar, endOfLine(place.node.bytes.upperBound) == bytes.count else {
            return insert(lines: lines, behindLineOf: place.node.bytes.upperBound)
        }
        guard let last = place.node.children.last?.key?.offset, startsLine(last) else { throw .shape }
        insert(broken(lines), at: startOfLine(last))
    }

    /// Whether the text ends in a block scalar without a line break, which a line behind it would give one.
    private var endsInOpenScalar: Bool {
        guard document.bytes.upperBound == bytes.count, !follows(bytes.count, 0x0A) else { return false }
        var node = document.source
        while let last = node.children.last {
            node = last
        }
        let start = content(of: node)
        return node.bytes.contains(start) && [UInt8(ascii: "|"), UInt8(ascii: ">")].contains(bytes[start])
    }

    /// Adds elements before the one at `index`, or behind the last one.
    mutating func insert(
        _ elements: [JSONValue],
        before index: Int,
        of place: Place,
        isFlow: Bool
    ) throws(Refusal) {
        guard !elements.isEmpty else { return }
        let node = place.node
        guard !isFlow else { return insertInBrackets(elements, before: index, of: node) }
        let dash = content(of: node)
        guard node.bytes.contains(dash), bytes[dash] == UInt8(ascii: "-") else { throw .shape }
        let lineStart = startOfLine(dash)
        let column = dash - lineStart
        let lines = YAMLWriter.items(elements, column: column, layout: layout)
        guard index == 0 else {
            return insert(lines: lines, behindLineOf: node.children[index - 1].bytes.upperBound)
        }
        guard !startsLine(dash) else {
            let limit = place.blockKey.map { endOfLine($0.offset) } ?? lineStart
            return insert(broken(lines), at: startOfComments(above: dash, limit: max(limit, document.bytes.lowerBound)))
        }
        let indentation = [UInt8](repeating: 0x20, count: column)
        insert(broken(lines.dropFirst(column) + indentation), at: dash)
    }

    /// Removes members or elements.
    mutating func remove(_ indices: [Int], from place: Place, leavesNothing: Bool) throws(Refusal) {
        let node = place.node
        guard !isFlow(node) else { return removeInBrackets(indices, from: node) }
        for index in indices {
            let child = node.children[index]
            if let key = child.key {
                guard node.bytes.contains(key.offset) else { throw .shape }
                try remove(member: index, key: key.offset, from: node)
            } else {
                let dash = try dash(of: child, in: node)
                remove(linesFrom: dash, toLineOf: child.bytes.upperBound)
            }
        }
        guard leavesNothing else { return }
        guard let key = place.blockKey, let colon = colon(behind: key.offset) else { throw .shape }
        let isMapping = node.children.first?.key != nil
        insert(Array((isMapping ? " {}" : " []").utf8), at: colon)
    }

    private mutating func remove(member index: Int, key: Int, from node: SourceNode) throws(Refusal) {
        let child = node.children[index]
        if startsLine(key) {
            return remove(linesFrom: key, toLineOf: max(key, child.bytes.upperBound))
        }
        // It stands behind a dash, where the next member takes its place.
        guard node.children.indices.contains(index + 1), let next = node.children[index + 1].key, next.offset > key
        else { throw .shape }
        replace(key..<next.offset, with: [])
    }

    /// The byte of an element's dash, which must be the first on its line.
    private func dash(of child: SourceNode, in node: SourceNode) throws(Refusal) -> Int {
        let first = content(of: node)
        let column = first - startOfLine(first)
        var start = startOfLine(child.bytes.lowerBound)
        while start >= startOfLine(first) {
            let dash = start + column
            if bytes.indices.contains(dash), bytes[dash] == UInt8(ascii: "-"), startsLine(dash) { return dash }
            guard start > document.bytes.lowerBound else { break }
            start = startOfLine(start - 1)
        }
        throw .shape
    }

    /// The byte behind the colon of the key at `offset`, when both stand on one line.
    private func colon(behind offset: Int) -> Int? {
        let line = bytes[offset..<endOfLine(offset)]
        var (quote, isEscaped) = (UInt8?.none, false)
        for (offset, byte) in zip(line.indices, line) {
            if isEscaped {
                isEscaped = false
            } else if let open = quote {
                if byte == open { quote = nil }
                isEscaped = open == UInt8(ascii: "\"") && byte == 0x5C
            } else if offset == line.startIndex, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ":"), line[(offset + 1)...].first.map(Self.isSpace) ?? true {
                return offset + 1
            }
        }
        return nil
    }
}
