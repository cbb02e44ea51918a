/// A value together with its compact text, for one that is written many times.
public struct JSONFragment: Sendable {
    /// The value.
    public let value: JSONValue
    /// Its compact text.
    public let text: [UInt8]

    /// Writes a value once.
    public init(_ value: JSONValue) {
        self.value = value
        self.text = JSONWriter.compact(value)
    }

    /// A string; `value` and `text` say the same.
    public init(_ string: String) {
        self.init(.string(string))
    }

    /// The array of `elements`, whose texts are joined and not written again.
    public init(array elements: [JSONFragment]) {
        value = .array(elements.map(\.value))
        var writer = JSONWriter(capacity: elements.reduce(2) { $0 + $1.text.count + 1 })
        writer.write(literal: "[")
        for (index, element) in elements.enumerated() {
            if index > 0 { writer.write(literal: ",") }
            writer.write(text: element.text)
        }
        writer.write(literal: "]")
        text = writer.output
    }
}
