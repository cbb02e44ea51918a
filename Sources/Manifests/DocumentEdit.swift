public import JSON

/// A change of one document of a file.
///
/// The document's value is replaced as a whole; what the text keeps beside the value is up to the file's `applying`.
public struct DocumentEdit: Sendable {
    /// The number of the document in its file, counted from 0.
    public let index: Int
    /// The document's new value.
    public let value: JSONValue

    /// Makes an edit.
    public init(index: Int, value: JSONValue) {
        self.index = index
        self.value = value
    }
}
