public import JSON

/// One document of a YAML or JSON stream, with its place in the text.
public struct ManifestDocument: Sendable {
    /// The document as JSON, as Kubernetes' tools convert it; `null` when the document is empty.
    public let value: JSONValue
    /// Where each part of `value` stands.
    ///
    /// All offsets count from the start of the file, a byte order mark included.
    ///
    /// What came through an alias or a merge key keeps the place where it is written, at the anchor: it lies outside
    /// the bytes of what contains it.
    public let source: SourceNode
    /// The bytes of the document with its separator, its directives and every comment up to the next document.
    ///
    /// The ranges of a stream's documents follow each other without a gap and, apart from a byte order mark at the
    /// start, cover the whole file.
    public let bytes: Range<Int>
    /// The notation the document is written in.
    public let format: ManifestFormat
    /// The number of the document in its file, counted from 0.
    public let index: Int
    /// The file's name as it was given, `-` for standard input.
    public let file: String

    /// Makes a document.
    public init(
        value: JSONValue,
        source: SourceNode,
        bytes: Range<Int>,
        format: ManifestFormat,
        index: Int,
        file: String
    ) {
        self.value = value
        self.source = source
        self.bytes = bytes
        self.format = format
        self.index = index
        self.file = file
    }

    /// Where the deepest part of `pointer` that exists is written.
    public func location(of pointer: JSONPointer) -> ManifestLocation {
        ManifestLocation(file: file, position: source.nearest(to: pointer, in: value).start)
    }
}
