public import JSON

/// A place in a manifest file.
public struct ManifestLocation: Sendable, Hashable {
    /// The file's name as it was given, `-` for standard input.
    public let file: String
    /// The place in the file; nil when the whole file is meant.
    public let position: SourcePosition?

    /// Makes a location.
    public init(file: String, position: SourcePosition? = nil) {
        self.file = file
        self.position = position
    }
}

extension ManifestLocation: CustomStringConvertible {
    /// `file:line:column`, or the file alone.
    public var description: String {
        guard let position else { return file }
        return "\(file):\(position)"
    }
}
