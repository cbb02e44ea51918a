/// Collects `add` operations (RFC 6902 section 4.1), and their text as it grows.
public struct JSONPatchBuilder: Sendable {
    /// The operations so far.
    public private(set) var patch = JSONPatch()
    private var writer: JSONWriter

    /// Starts an empty patch; `capacity` is how many bytes of text to make room for.
    public init(capacity: Int = 4096) {
        writer = JSONWriter(capacity: capacity)
    }

    /// Adds a value whose text is known.
    public mutating func add(_ fragment: JSONFragment, at path: JSONPointer) {
        writer.write(literal: patch.operations.isEmpty ? #"[{"op":"add","path":"# : #",{"op":"add","path":"#)
        writer.write(path)
        add(fragment, behind: path)
    }

    /// Adds values whose texts are known, each at the same place: one after the other at the end of an array.
    public mutating func add(_ fragments: [JSONFragment], at path: JSONPointer) {
        guard let first = fragments.first else { return }
        add(first, at: path)
        guard fragments.count > 1 else { return }
        var start = JSONWriter(capacity: 64)
        start.write(literal: #",{"op":"add","path":"#)
        start.write(path)
        for fragment in fragments.dropFirst() {
            writer.write(text: start.output)
            add(fragment, behind: path)
        }
    }

    /// Ends an operation whose path is written.
    private mutating func add(_ fragment: JSONFragment, behind path: JSONPointer) {
        writer.write(literal: #","value":"#)
        writer.write(text: fragment.text)
        writer.write(literal: "}")
        patch.operations.append(.add(path: path, value: fragment.value))
    }

    /// Adds a value.
    public mutating func add(_ value: JSONValue, at path: JSONPointer) {
        add(JSONFragment(value), at: path)
    }

    /// The patch as the array of RFC 6902 section 3, in compact form.
    public consuming func text() -> [UInt8] {
        if patch.operations.isEmpty { writer.write(literal: "[") }
        writer.write(literal: "]")
        return writer.output
    }
}
