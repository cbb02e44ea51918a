extension HeaderBlock {
    /// Adds the field that has `index` in the tables.
    mutating func add(indexed index: Int, _ table: HPACKTable) throws(HPACKFailure) {
        let start = bytes.count
        let middle = try appendName(index, table)
        if index <= HPACKStaticTable.count {
            HPACKStaticTable.entries.appendValue(at: index - 1, to: &bytes)
        } else {
            table.appendValue(at: index - 1 - HPACKStaticTable.count, to: &bytes)
        }
        places.append(Place(start: start, middle: middle, end: bytes.count))
    }

    /// Reads a field that is written out, but for a name that has an index other than 0.
    mutating func add(
        literal reader: inout HPACKReader,
        _ block: Span<UInt8>,
        nameIndex index: Int,
        _ table: HPACKTable,
        limit: Int
    ) throws(HPACKFailure) {
        let start = bytes.count
        if index > 0 { _ = try appendName(index, table) } else { try reader.string(block, into: &bytes, limit: limit) }
        let middle = bytes.count
        try reader.string(block, into: &bytes, limit: limit)
        places.append(Place(start: start, middle: middle, end: bytes.count))
    }

    /// Calls `body` with the last field.
    func withLast(_ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) -> Void) {
        guard let place = places.last else { return }
        let all = bytes.span
        body(all.extracting(place.start..<place.middle), all.extracting(place.middle..<place.end))
    }

    private mutating func appendName(_ index: Int, _ table: HPACKTable) throws(HPACKFailure) -> Int {
        let isKnown =
            index <= HPACKStaticTable.count
            ? HPACKStaticTable.entries.appendName(at: index - 1, to: &bytes)
            : table.appendName(at: index - 1 - HPACKStaticTable.count, to: &bytes)
        guard isKnown else { throw .malformed }
        return bytes.count
    }
}
