import JSON

extension ManifestFile {
    /// The document with its value written anew.
    ///
    /// It keeps its separator, its directives, the comments before and behind it, its line ends and its notation.
    func rewritten(_ document: ManifestDocument, to value: JSONValue) -> [UInt8] {
        switch document.format {
        case .json: json(value, of: document)
        case .yaml: yaml(value, of: document)
        }
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
