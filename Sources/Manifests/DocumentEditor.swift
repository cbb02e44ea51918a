import JSON

/// Turns a document's text into that of another tree by changing only what differs.
///
/// It compares the trees and collects edits of the text; what it cannot do in place it refuses. The edits are a good
/// guess: whoever applies them reads the result again.
struct DocumentEditor {
    /// Why a document cannot be edited in place.
    struct Refusal: Error {
        let reason: String

        static let shape = Refusal(reason: "the text has a form that cannot be changed in place")
    }

    /// A value's place in the text.
    struct Place {
        let node: SourceNode
        /// Whether it stands inside brackets.
        let isInFlow: Bool
        /// Where its key starts when it is a member of a block mapping.
        let blockKey: SourcePosition?
    }

    let bytes: [UInt8]
    let document: ManifestDocument
    let layout: TextLayout
    /// The edits so far.
    private(set) var edits: [TextEdit] = []
    /// Whether something changes that is written elsewhere, at an anchor.
    private(set) var meetsAlias = false
    /// Whether the last line goes, which has no line break.
    var removesOpenEnd = false

    init(bytes: [UInt8], document: ManifestDocument, layout: TextLayout) {
        self.bytes = bytes
        self.document = document
        self.layout = layout
    }

    /// Collects the edits that make the document `value`.
    mutating func edit(to value: JSONValue) throws(Refusal) {
        let root = Place(node: document.source, isInFlow: document.format == .json, blockKey: nil)
        try change(document.value, to: value, at: root)
    }

    /// The document's text with the edits; nil when they contradict each other.
    var text: [UInt8]? {
        guard var text = TextEdit.apply(edits, to: bytes, in: document.bytes) else { return nil }
        // The line before it is the last one now: the text ends as it did.
        if removesOpenEnd, text.last == 0x0A { text.removeLast(layout.lineBreak.count) }
        return text
    }

    mutating func replace(_ range: Range<Int>, with text: [UInt8]) {
        edits.append(TextEdit(range: range, text: text))
    }

    mutating func insert(_ text: [UInt8], at offset: Int) {
        replace(offset..<offset, with: text)
    }

    private mutating func change(_ old: JSONValue, to new: JSONValue, at place: Place) throws(Refusal) {
        switch (old, new) {
        case (.object(let old), .object(let new)):
            try change(old, to: new, at: place)
        case (.array(let old), .array(let new)):
            try change(old, to: new, at: place)
        default:
            guard old != new else { return }
            try replaceWhole(place, with: new, isNull: old.isNull)
        }
    }

    private mutating func change(_ old: JSONObject, to new: JSONObject, at place: Place) throws(Refusal) {
        let children = place.node.children
        guard children.count == old.count else { throw .shape }
        let flow = isFlow(place.node)
        guard flow || !place.isInFlow else { return try refuseChange(old != new) }
        if old.isEmpty, !new.isEmpty, let key = place.blockKey, expands(place.node) {
            return expand(place.node, to: .object(new), below: key)
        }
        var removed: [Int] = []
        for (index, member) in old.members.enumerated() {
            guard
                let value = new.indices.contains(index) && new[index].key.hasSameBytes(as: member.key)
                    ? new[index].value : new[member.key]
            else {
                removed.append(index)
                continue
            }
            let child = Place(
                node: children[index],
                isInFlow: flow,
                blockKey: flow ? nil : children[index].key
            )
            try descend(from: member.value, to: value, at: child, inside: place.node)
        }
        let added = new.members.filter { old.index(of: $0.key) == nil }
        if !removed.isEmpty { try remove(removed, from: place, leavesNothing: new.isEmpty) }
        if !added.isEmpty { try append(added, to: place, isFlow: flow, isEmpty: removed.count == old.count) }
    }

    private mutating func change(_ old: [JSONValue], to new: [JSONValue], at place: Place) throws(Refusal) {
        let children = place.node.children
        guard children.count == old.count else { throw .shape }
        let flow = isFlow(place.node)
        guard flow || !place.isInFlow else { return try refuseChange(old != new) }
        if old.isEmpty, !new.isEmpty, let key = place.blockKey, expands(place.node) {
            return expand(place.node, to: .array(new), below: key)
        }
        guard let steps = ElementAlignment.steps(from: old, to: new) else {
            throw Refusal(reason: "elements of a list are added and removed at once")
        }
        var (removed, added, next) = ([Int](), [JSONValue](), 0)
        for step in steps {
            switch step {
            case .remove(let index):
                removed.append(index)
                next = index + 1
            case .add(let index): added.append(new[index])
            case .keep(let index, let target):
                try insert(added, before: index, of: place, isFlow: flow)
                added = []
                let child = Place(node: children[index], isInFlow: flow, blockKey: nil)
                try descend(from: old[index], to: new[target], at: child, inside: place.node)
                next = index + 1
            }
        }
        try insert(added, before: next, of: place, isFlow: flow)
        if !removed.isEmpty { try remove(removed, from: place, leavesNothing: new.isEmpty) }
    }

    /// Changes a child, unless it is written elsewhere: behind an alias or a merge key.
    private mutating func descend(
        from old: JSONValue,
        to new: JSONValue,
        at child: Place,
        inside parent: SourceNode
    ) throws(Refusal) {
        let range = child.node.bytes
        let isInside = parent.bytes.lowerBound <= range.lowerBound && range.upperBound <= parent.bytes.upperBound
        guard isInside, !isAlias(child.node) else {
            meetsAlias = meetsAlias || old != new
            return
        }
        try change(old, to: new, at: child)
    }

    private func refuseChange(_ isChanged: Bool) throws(Refusal) {
        if isChanged { throw .shape }
    }

    private mutating func replaceWhole(_ place: Place, with new: JSONValue, isNull: Bool) throws(Refusal) {
        guard place.node.key != nil || place.node.bytes != document.source.bytes else { throw .shape }
        switch new {
        case .object(let object) where !object.isEmpty:
            if isNull, let key = place.blockKey { return expand(place.node, to: new, below: key, isNull: true) }
        case .array(let elements) where !elements.isEmpty:
            if isNull, let key = place.blockKey { return expand(place.node, to: new, below: key, isNull: true) }
        case .null where !place.node.children.isEmpty && !isFlow(place.node):
            if let key = place.blockKey { return try collapse(place.node, below: key) }
        default: break
        }
        let range = content(of: place.node)..<place.node.bytes.upperBound
        let gap: [UInt8] = range.isEmpty && !follows(range.lowerBound, 0x20) ? [0x20] : []
        replace(range, with: gap + flowText(new, in: place))
    }

    /// The quotation mark that a scalar stands in.
    private func quote(of node: SourceNode) -> UInt8? {
        let start = content(of: node)
        guard node.bytes.contains(start) else { return nil }
        return [UInt8(ascii: "\""), UInt8(ascii: "'")].first { $0 == bytes[start] }
    }

    /// A value on one line, to stand in the place of another; a text keeps its quotation marks.
    private func flowText(_ value: JSONValue, in place: Place) -> [UInt8] {
        if document.format == .yaml, let text = value.string, let quote = quote(of: place.node),
            let quoted = YAMLStringStyle.quoted(text, by: quote)
        {
            return Array(quoted.utf8)
        }
        if document.format == .yaml, !place.isInFlow, let text = value.string {
            return Array(YAMLStringStyle.singleLine(text).utf8)
        }
        return writer(unit: []).text(value, on: nil)
    }

    /// A writer for what stands inside brackets.
    func writer(unit: [UInt8]) -> FlowWriter {
        FlowWriter(format: document.format, layout: layout, unit: unit)
    }
}
