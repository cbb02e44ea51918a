import JSON

extension ManifestFile {
    /// The file's text with some documents changed.
    ///
    /// Documents without an edit keep every byte: comments, quoting, anchors and separators. A changed document keeps
    /// its separator, its directives and the comments before and behind it, its line ends and its notation; its value
    /// is written anew.
    ///
    /// - Parameter edits: At most one edit a document; of several the last one counts.
    /// - Returns: The new text.
    public func applying(_ edits: [DocumentEdit]) -> [UInt8] {
        guard let first = documents.first else { return bytes }
        var values: [Int: JSONValue] = [:]
        for edit in edits {
            values[edit.index] = edit.value
        }
        // A byte order mark belongs to no document.
        var output = Array(bytes[..<first.bytes.lowerBound])
        for document in documents {
            switch (values[document.index], document.format) {
            case (nil, _): output += bytes[document.bytes]
            case (let value?, .json): output += json(value, of: document)
            case (let value?, .yaml): output += yaml(value, of: document)
            }
        }
        return output
    }

    private func json(_ value: JSONValue, of document: ManifestDocument) -> [UInt8] {
        let root = document.source.bytes.clamped(to: document.bytes)
        let isPretty = bytes[root].contains(0x0A)
        let text = isPretty ? JSONWriter.pretty(value) : JSONWriter.compact(value)
        return bytes[document.bytes.lowerBound..<root.lowerBound] + text
            + bytes[root.upperBound..<document.bytes.upperBound]
    }

    private func yaml(_ value: JSONValue, of document: ManifestDocument) -> [UInt8] {
        let root = document.source.bytes.clamped(to: document.bytes)
        var head = Array(bytes[document.bytes.lowerBound..<root.lowerBound])
        while let byte = head.last, byte == 0x20 || byte == 0x09 {
            head.removeLast()
        }
        // The value stands on the line of the separator (`--- {a: 1}`).
        if let byte = head.last, byte != 0x0A { head.append(0x0A) }
        var text = YAMLWriter.document(value) + comments(bytes[root.upperBound..<document.bytes.upperBound])
        if let lineFeed = bytes[document.bytes].firstIndex(of: 0x0A), lineFeed > document.bytes.lowerBound,
            bytes[lineFeed - 1] == 0x0D
        {
            text = text.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        }
        return head + text
    }

    /// What follows a value (comments, an explicit end), on lines of its own.
    ///
    /// The lines lose their indentation and the first of them stands at once behind the value: a literal block at the
    /// value's end would swallow them otherwise.
    private func comments(_ tail: ArraySlice<UInt8>) -> [UInt8] {
        var lines = tail.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            line.drop { $0 == 0x20 || $0 == 0x09 }.filter { $0 != 0x0D }
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.drop { $0.isEmpty }.flatMap { $0 + [0x0A] }
    }
}
