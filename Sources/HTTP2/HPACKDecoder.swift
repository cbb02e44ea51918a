/// Reads header blocks (RFC 7541).
struct HPACKDecoder {
    /// The size that a table has before anything was said.
    static let usualTableSize = 4096

    private var table = HPACKTable(maximumSize: usualTableSize)
    /// The most that the peer may make of it.
    private let tableLimit: Int
    /// What a list may count.
    private let listLimit: Int

    /// Makes a decoder with an empty table.
    init(tableSize: Int = usualTableSize, listLimit: Int) {
        // A peer uses the usual size until it has heard of a smaller one.
        tableLimit = max(tableSize, Self.usualTableSize)
        self.listLimit = listLimit
    }

    /// Reads a whole block.
    ///
    /// - Parameters:
    ///   - bytes: The block.
    ///   - list: What it says, instead of what was there.
    /// - Throws: Why it cannot be read; the connection is of no use then.
    mutating func decode(_ bytes: Span<UInt8>, into list: inout HeaderBlock) throws(HPACKFailure) {
        list.removeAll()
        var reader = HPACKReader()
        var mayResize = true
        while let byte = reader.peek(bytes) {
            if byte & 0xE0 == 0x20 {
                // Only first of all (section 4.2).
                let size = try reader.integer(bytes, prefix: 5)
                guard mayResize, size <= tableLimit else { throw .malformed }
                table.resize(to: size)
                continue
            }
            mayResize = false
            if byte & 0x80 != 0 {
                try list.add(indexed: try reader.integer(bytes, prefix: 7), table)
            } else {
                let isIndexed = byte & 0x40 != 0
                let index = try reader.integer(bytes, prefix: isIndexed ? 6 : 4)
                try list.add(literal: &reader, bytes, nameIndex: index, table, limit: listLimit)
                if isIndexed { list.withLast { table.insert(HPACKTable.Key($0, $1), $0, $1) } }
            }
            guard list.size <= listLimit else { throw .tooLarge }
        }
    }
}
