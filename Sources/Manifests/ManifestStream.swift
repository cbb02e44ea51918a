/// Joins the texts of several files to one stream of documents.
public struct ManifestStream: Sendable {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Whether a document was written.
    private var hasDocument = false
    /// Whether the text so far ends within a line.
    private var endsOpen = false

    /// Starts a stream.
    public init() {}

    /// The text of the next file as it continues the stream: behind a separator where one is needed.
    ///
    /// A file that starts with its own `---` gets none, and neither does one without a document. Directives need the
    /// document before them to be ended (YAML 1.1 section 7.1).
    public mutating func next(_ text: [UInt8]) -> [UInt8] {
        let isFirst = !hasDocument && !endsOpen
        let body = !isFirst && text.starts(with: Self.byteOrderMark) ? Array(text.dropFirst(3)) : text
        let start = Self.firstContent(of: body)
        var lead: [UInt8] = endsOpen && !body.isEmpty ? [0x0A] : []
        if hasDocument, let start {
            if start.first == UInt8(ascii: "%") {
                lead += "...\n".utf8
            } else if !Self.isSeparator(start) {
                lead += "---\n".utf8
            }
        }
        hasDocument = hasDocument || start != nil
        if let last = body.last { endsOpen = last != 0x0A }
        return lead + body
    }

    /// The text from the first line on that is neither empty nor a comment; nil when there is none.
    private static func firstContent(of text: [UInt8]) -> ArraySlice<UInt8>? {
        var rest = text[...]
        if rest.starts(with: byteOrderMark) { rest = rest.dropFirst(3) }
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 0x0A }
            let content = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
            if let first = content.first, first != UInt8(ascii: "#") { return line }
            rest = rest.dropFirst(line.count + 1)
        }
        return nil
    }

    /// Whether a line starts with a separator of documents.
    private static func isSeparator(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.starts(with: "---".utf8) else { return false }
        return line.dropFirst(3).first.map { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } ?? true
    }
}
