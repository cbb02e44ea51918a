import JSON

extension DocumentEditor {
    /// Adds members behind the last one inside brackets.
    mutating func appendInBrackets(_ members: [JSONObject.Member], to node: SourceNode, isEmpty: Bool) {
        insertInBrackets(count: members.count, before: isEmpty ? 0 : node.children.count, of: node) {
            writer,
            indentation in
            members.map { writer.member(named: $0.key, $0.value, on: indentation) }
        }
    }

    /// Adds elements before the one at `index`, or behind the last one, inside brackets.
    mutating func insertInBrackets(_ elements: [JSONValue], before index: Int, of node: SourceNode) {
        insertInBrackets(count: elements.count, before: index, of: node) { writer, indentation in
            elements.map { writer.text($0, on: indentation) }
        }
    }

    private mutating func insertInBrackets(
        count: Int,
        before index: Int,
        of node: SourceNode,
        _ texts: (FlowWriter, [UInt8]?) -> [[UInt8]]
    ) {
        let children = node.children.filter { node.bytes.contains($0.bytes.lowerBound) }
        guard let first = children.first, let last = children.max(by: { $0.bytes.upperBound < $1.bytes.upperBound })
        else { return fill(node, texts) }
        let start = start(of: first)
        let outer = indentation(node.bytes.lowerBound)
        let own = indentation(start)
        let isOnLines = startsLine(start) && start > endOfLine(node.bytes.lowerBound) - 1
        let unit = isOnLines && own.starts(with: outer) ? Array(own.dropFirst(outer.count)) : []
        let writer = writer(unit: unit.isEmpty ? [0x20, 0x20] : unit)
        let separator = writer.separator(on: isOnLines ? own : nil)
        let body = Array(texts(writer, isOnLines ? own : nil).joined(separator: separator))
        guard node.children.indices.contains(index) else {
            return insert(separator + body, at: last.bytes.upperBound)
        }
        insert(body + separator, at: self.start(of: node.children[index]))
    }

    /// Fills an empty collection: on lines of its own where a JSON text has lines.
    private mutating func fill(_ node: SourceNode, _ texts: (FlowWriter, [UInt8]?) -> [[UInt8]]) {
        let opening = content(of: node)
        let unit = unitOfLines()
        guard document.format == .json, let unit, node.bytes.count == 2 else {
            let writer = writer(unit: [])
            return insert(Array(texts(writer, nil).joined(separator: writer.separator(on: nil))), at: opening + 1)
        }
        let writer = writer(unit: unit)
        let outer = indentation(opening)
        let inner = outer + unit
        let body = Array(texts(writer, inner).joined(separator: writer.separator(on: inner)))
        insert(layout.lineBreak + inner + body + layout.lineBreak + outer, at: opening + 1)
    }

    /// What a level of a JSON text is indented by; nil when the text has no lines.
    private func unitOfLines() -> [UInt8]? {
        guard let first = document.source.children.first else { return nil }
        let start = start(of: first)
        guard start >= endOfLine(document.source.bytes.lowerBound), startsLine(start) else { return nil }
        let (outer, own) = (indentation(document.source.bytes.lowerBound), indentation(start))
        guard own.count > outer.count, own.starts(with: outer) else { return [0x20, 0x20] }
        return Array(own.dropFirst(outer.count))
    }

    /// Removes members or elements inside brackets, with the commas they no longer need.
    mutating func removeInBrackets(_ indices: [Int], from node: SourceNode) {
        let children = node.children
        guard let firstChild = children.first, let lastChild = children.last else { return }
        guard indices.count < children.count else {
            let opening = content(of: node) + 1
            let isOnLines = bytes[opening..<start(of: firstChild)].contains(0x0A)
            let end = isOnLines ? node.bytes.upperBound - 1 : lastChild.bytes.upperBound
            return replace((isOnLines ? opening : start(of: firstChild))..<end, with: [])
        }
        let gone = Set(indices)
        var index = 0
        while index < children.count {
            guard gone.contains(index) else {
                index += 1
                continue
            }
            let run = index
            while index < children.count, gone.contains(index) {
                index += 1
            }
            if index < children.count {
                replace(start(of: children[run])..<start(of: children[index]), with: [])
            } else {
                replace(children[run - 1].bytes.upperBound..<children[index - 1].bytes.upperBound, with: [])
            }
        }
    }

    /// Where an element or a member starts.
    private func start(of child: SourceNode) -> Int {
        child.key?.offset ?? child.bytes.lowerBound
    }
}
