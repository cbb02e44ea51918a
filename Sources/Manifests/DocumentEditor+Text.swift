import JSON

extension DocumentEditor {
    /// Where a node's value starts: behind its anchor, its tag and comments.
    func content(of node: SourceNode) -> Int {
        var offset = node.bytes.lowerBound
        let end = node.bytes.upperBound
        while offset < end, bytes[offset] == UInt8(ascii: "&") || bytes[offset] == UInt8(ascii: "!") {
            offset = bytes[offset..<end].firstIndex { Self.isSpace($0) } ?? end
            while offset < end {
                if bytes[offset] == UInt8(ascii: "#") {
                    offset = bytes[offset..<end].firstIndex(of: 0x0A) ?? end
                } else if Self.isSpace(bytes[offset]) {
                    offset += 1
                } else {
                    break
                }
            }
        }
        return offset
    }

    /// Whether a collection stands in brackets.
    func isFlow(_ node: SourceNode) -> Bool {
        let start = content(of: node)
        guard node.bytes.contains(start) else { return false }
        return bytes[start] == UInt8(ascii: "{") || bytes[start] == UInt8(ascii: "[")
    }

    /// Whether a node is an alias.
    func isAlias(_ node: SourceNode) -> Bool {
        let text = bytes[node.bytes]
        return text.first == UInt8(ascii: "*") && !text.contains { Self.isSpace($0) }
    }

    /// Whether an empty collection is exactly `[]` or `{}` behind one space, so that its lines can stand below the key.
    func expands(_ node: SourceNode) -> Bool {
        guard node.bytes.count == 2, follows(node.bytes.lowerBound, 0x20) else { return false }
        return bytes.indices.contains(node.bytes.lowerBound - 2)
            && bytes[node.bytes.lowerBound - 2] == UInt8(ascii: ":")
    }

    /// Whether the byte before `offset` is `byte`.
    func follows(_ offset: Int, _ byte: UInt8) -> Bool {
        bytes.indices.contains(offset - 1) && bytes[offset - 1] == byte
    }

    /// The byte behind the line of `offset`, line break included.
    func endOfLine(_ offset: Int) -> Int {
        guard let lineFeed = bytes[min(offset, bytes.count)...].firstIndex(of: 0x0A) else { return bytes.count }
        return lineFeed + 1
    }

    /// The byte at which the line of `offset` starts.
    func startOfLine(_ offset: Int) -> Int {
        let start = document.bytes.lowerBound
        guard let lineFeed = bytes[start..<max(start, min(offset, bytes.count))].lastIndex(of: 0x0A) else {
            return start
        }
        return lineFeed + 1
    }

    /// The spaces and tabs that the line of `offset` starts with.
    func indentation(_ offset: Int) -> [UInt8] {
        Array(bytes[startOfLine(offset)...].prefix { $0 == 0x20 || $0 == 0x09 })
    }

    /// Whether nothing but spaces stands before `offset` on its line.
    func startsLine(_ offset: Int) -> Bool {
        let start = startOfLine(offset)
        return start <= offset && bytes[start..<min(offset, bytes.count)].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// Inserts whole lines behind the line of `offset`.
    mutating func insert(lines: [UInt8], behindLineOf offset: Int) {
        let end = endOfLine(offset)
        guard end == bytes.count, !follows(end, 0x0A) else { return insert(broken(lines), at: end) }
        insert(broken([0x0A] + lines.dropLast()), at: end)
    }

    /// Removes the lines from `start` to the one of `end`.
    mutating func remove(linesFrom start: Int, toLineOf end: Int) {
        let end = endOfLine(end)
        if end == bytes.count, !follows(end, 0x0A) { removesOpenEnd = true }
        replace(startOfLine(start)..<end, with: [])
    }

    /// The lines with the line breaks of the document.
    func broken(_ lines: [UInt8]) -> [UInt8] {
        guard layout.lineBreak.count > 1 else { return lines }
        return Array(lines.map { $0 == 0x0A ? layout.lineBreak : [$0] }.joined())
    }

    /// The byte at which the comments and blank lines above the line of `offset` start, down to `limit`.
    func startOfComments(above offset: Int, limit: Int) -> Int {
        var start = startOfLine(offset)
        while start > limit {
            let previous = startOfLine(start - 1)
            let text = bytes[previous..<start].drop { Self.isSpace($0) }
            guard previous >= limit, text.isEmpty || text.first == UInt8(ascii: "#") else { break }
            start = previous
        }
        return start
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
