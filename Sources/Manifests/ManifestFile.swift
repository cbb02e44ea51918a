/// A manifest file that was read: its text and the documents in it.
public struct ManifestFile: Sendable {
    /// The name as it was given or found, `-` for standard input.
    public let name: String
    /// The text as it was read.
    public let bytes: [UInt8]
    /// The documents in order.
    public let documents: [ManifestDocument]

    /// Reads the documents of a text.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - name: The name for error messages and document places.
    ///   - limits: What the reading may cost.
    /// - Throws: The first thing that is wrong, with its place.
    public init(
        _ bytes: [UInt8],
        name: String = "-",
        limits: ManifestLimits = ManifestLimits()
    ) throws(ManifestError) {
        self.name = name
        self.bytes = bytes
        documents = try ManifestReader.documents(in: bytes, file: name, limits: limits)
    }
}
