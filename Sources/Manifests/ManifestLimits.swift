/// What one reading of manifests may cost.
public struct ManifestLimits: Sendable, Hashable {
    /// The bytes of one file.
    public var fileBytes: Int
    /// The bytes of all files that one `ManifestSource` yields.
    public var totalBytes: Int
    /// The files that one `ManifestSource` yields.
    public var files: Int
    /// The values of one file, aliases expanded; a document counts as ten on top.
    public var nodes: Int
    /// The arrays and objects that may be open at once.
    public var nesting: Int

    /// How many nodes a byte of YAML may become through aliases.
    ///
    /// Text without aliases has at most two nodes a byte.
    static let expansion = 64
    /// How many values a document costs, however empty it is.
    static let nodesPerDocument = 10
    /// How many `%TAG` directives one file may have: libyaml's time grows with their square.
    static let tagDirectives = 1000

    /// Makes limits.
    ///
    /// A real manifest has about 25 bytes a node, so two million nodes are a full file of 32 MiB and more; expanded
    /// aliases share storage, so they cost the time of a later walk rather than memory.
    public init(
        fileBytes: Int = 32 << 20,
        totalBytes: Int = 512 << 20,
        files: Int = 100_000,
        nodes: Int = 2_000_000,
        nesting: Int = 512
    ) {
        self.fileBytes = fileBytes
        self.totalBytes = totalBytes
        self.files = files
        self.nodes = nodes
        self.nesting = nesting
    }
}
