import JSON

/// Finds the place of every value of a JSON text that the parser has accepted.
///
/// It relies on the text being valid, so it only has to find brackets, strings and commas; it never recurses.
struct JSONLocator {
    /// A member name that an object has twice.
    struct Duplicate {
        let name: String
        let earlier: SourcePosition
        let later: SourcePosition
    }

    /// An array or object that is open.
    private struct Frame {
        let start: Int
        let isObject: Bool
        var children: [SourceNode] = []
        /// Where the name of the member stands whose value comes next.
        var key: SourcePosition?
        /// The names so far, where duplicates are looked for.
        var names: [[UInt8]: SourcePosition] = [:]
    }

    /// The first duplicate, when one was found.
    private(set) var duplicate: Duplicate?
    /// How many values were found.
    private(set) var count = 0

    private let bytes: [UInt8]
    private let index: TextIndex
    /// Whether names are read and compared: only needed when the parser has counted duplicates.
    private let namesKeys: Bool
    /// How many values may be found.
    private let limit: Int
    private var stack: [Frame] = []

    init(_ bytes: [UInt8], index: TextIndex, namesKeys: Bool, limit: Int) {
        self.bytes = bytes
        self.index = index
        self.namesKeys = namesKeys
        self.limit = limit
    }

    /// The places in the document `text`; nil when a duplicate or too many values were found.
    mutating func locate(_ text: Range<Int>) -> SourceNode? {
        var offset = text.lowerBound
        var root: SourceNode?
        while offset < text.upperBound, duplicate == nil, count <= limit {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: ":"):
                offset += 1
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                stack.append(Frame(start: offset, isObject: bytes[offset] == UInt8(ascii: "{")))
                offset += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                offset += 1
                guard let frame = stack.popLast() else { return nil }
                root = add(frame.start..<offset, frame.children) ?? root
            default:
                let end = endOfScalar(from: offset, limit: text.upperBound)
                if let last = stack.indices.last, stack[last].isObject, stack[last].key == nil {
                    name(offset..<end, in: last)
                } else {
                    root = add(offset..<end, []) ?? root
                }
                offset = end
            }
        }
        return duplicate == nil && count <= limit ? root : nil
    }

    /// Hands a value to what contains it; returns its node when nothing does.
    private mutating func add(_ range: Range<Int>, _ children: [SourceNode]) -> SourceNode? {
        count += 1
        let start = index.position(ofOffset: range.lowerBound)
        guard let last = stack.indices.last else {
            return SourceNode(start: start, bytes: range, key: nil, children: children)
        }
        stack[last].children.append(
            SourceNode(start: start, bytes: range, key: stack[last].key, children: children)
        )
        stack[last].key = nil
        return nil
    }

    private mutating func name(_ range: Range<Int>, in frame: Int) {
        let place = index.position(ofOffset: range.lowerBound)
        stack[frame].key = place
        guard namesKeys, case .string(let name)? = try? JSONParser.parse(Array(bytes[range])) else { return }
        if let earlier = stack[frame].names.updateValue(place, forKey: Array(name.utf8)) {
            duplicate = Duplicate(name: name, earlier: earlier, later: place)
        }
    }

    private func endOfScalar(from start: Int, limit: Int) -> Int {
        guard bytes[start] == UInt8(ascii: "\"") else {
            let end = bytes[start..<limit].firstIndex { byte in
                [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]")].contains(byte)
            }
            return end ?? limit
        }
        var offset = start + 1
        while offset < limit, bytes[offset] != UInt8(ascii: "\"") {
            offset += bytes[offset] == 0x5C ? 2 : 1
        }
        return min(offset + 1, limit)
    }
}
