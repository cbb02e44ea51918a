public import JSON

/// One YAML or JSON document of a catalog, with where each of its parts stands.
public struct CatalogDocument: Sendable {
    /// The file's name as it is shown to people.
    public let file: String
    /// The document.
    public let value: JSONValue
    /// Where each part of `value` stands in the file; a tree of the same shape.
    public let source: SourceNode

    /// Makes a document.
    public init(file: String, value: JSONValue, source: SourceNode) {
        self.file = file
        self.value = value
        self.source = source
    }
}
