import JSON

/// How the author of a document lays it out, so that what is added looks like the rest.
struct TextLayout {
    /// The columns by which a nested mapping is indented.
    var step = 2
    /// The columns by which a list is indented below its key; kubectl writes 0.
    var sequenceStep = 0
    /// Whether texts of several lines become literal blocks; else they are quoted.
    var usesLiterals = true
    /// Whether a JSON text has spaces behind colons and commas.
    var isSpaced = true
    /// What ends a line.
    var lineBreak: [UInt8] = [0x0A]

    init() {}

    /// The layout of a document of `bytes`.
    init(of document: ManifestDocument, in bytes: [UInt8]) {
        let text = bytes[document.bytes]
        if let lineFeed = text.firstIndex(of: 0x0A), lineFeed > text.startIndex, bytes[lineFeed - 1] == 0x0D {
            lineBreak = [0x0D, 0x0A]
        }
        if document.format == .json {
            isSpaced = Self.spacesColons(text)
        } else {
            measure(document.value, document.source)
        }
    }

    private static func spacesColons(_ text: ArraySlice<UInt8>) -> Bool {
        var previous: UInt8 = 0
        for (offset, byte) in zip(text.indices, text) {
            if previous == UInt8(ascii: "\""), byte == UInt8(ascii: ":") {
                return text.indices.contains(offset + 1) && text[offset + 1] == 0x20
            }
            previous = byte
        }
        return true
    }

    /// Takes the steps from the first mapping and the first list below a key that stand on lines of their own.
    private mutating func measure(_ value: JSONValue, _ root: SourceNode) {
        var (foundStep, foundSequence) = (false, false)
        var pending = [(value, root)]
        while let (value, node) = pending.popLast(), !(foundStep && foundSequence) {
            let elements: [JSONValue]
            switch value {
            case .object(let object): elements = object.members.map(\.value)
            case .array(let array): elements = array
            default: continue
            }
            for (element, child) in zip(elements, node.children) {
                guard let key = child.key, child.start.line > key.line else { continue }
                let distance = child.start.column - key.column
                switch element {
                case .object where !foundStep && (1...8).contains(distance): (step, foundStep) = (distance, true)
                case .array where !foundSequence && (0...8).contains(distance):
                    (sequenceStep, foundSequence) = (distance, true)
                default: break
                }
            }
            pending += zip(elements, node.children).reversed()
        }
    }
}
