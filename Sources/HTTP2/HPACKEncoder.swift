/// Writes header blocks (RFC 7541), without the Huffman code, which saves few bytes and costs both sides time.
struct HPACKEncoder {
    /// How a field is written.
    private enum Form: UInt8 {
        /// It is kept in the table.
        case indexed = 0x40
        /// It changes from message to message, and would push others out of the table.
        case plain = 0x00
        /// It is a secret, which must not end in a table at all (section 7.1.3).
        case secret = 0x10
    }

    /// The most that the table may be, whatever the peer allows.
    private let tableLimit: Int

    private var table: HPACKTable
    /// A size that the peer has to be told of in the next block, and the smallest one since the last.
    private var announced: (smallest: Int, last: Int)?
    private var name: [UInt8] = []
    /// The block that is being written.
    private(set) var block: [UInt8] = []

    /// Makes an encoder whose table is at most as large as this.
    init(tableLimit: Int = HPACKDecoder.usualTableSize) {
        self.tableLimit = tableLimit
        table = HPACKTable(maximumSize: HPACKDecoder.usualTableSize)
        allow(tableSize: HPACKDecoder.usualTableSize)
    }

    /// Takes the size that the peer allows for the table.
    mutating func allow(tableSize: Int) {
        let size = min(tableSize, tableLimit)
        guard size != table.maximumSize else { return }
        announced = (min(announced?.smallest ?? size, size), size)
        table.resize(to: size)
    }

    /// Begins a block.
    mutating func begin() {
        block.recycle()
        guard let announced else { return }
        self.announced = nil
        if announced.smallest < announced.last { write(announced.smallest, prefix: 5, 0x20) }
        write(announced.last, prefix: 5, 0x20)
    }

    /// Forgets the block, which has been sent.
    mutating func end() { block.recycle() }

    /// Adds a field, its name in lower case.
    mutating func encode(_ mixed: Span<UInt8>, _ value: Span<UInt8>) {
        name.removeAll(keepingCapacity: true)
        for index in 0..<mixed.count { name.append(mixed[index].lowercased) }
        let key = HPACKTable.Key(name.span, value)
        let known = HPACKStaticTable.index(of: key, name.span)
        if let index = staticMatch(known, key, value) ?? dynamicMatch(key, value) {
            return write(index, prefix: 7, 0x80)
        }
        let form = Self.form(known, name.span, value)
        let nameIndex = known ?? dynamicName(key) ?? 0
        write(nameIndex, prefix: form == .indexed ? 6 : 4, form.rawValue)
        if nameIndex == 0 {
            write(name.count, prefix: 7, 0)
            block.append(contentsOf: name)
        }
        write(value)
        guard form == .indexed else { return }
        let name = name
        table.insert(key, name.span, value)
    }

    private func staticMatch(_ first: Int?, _ key: HPACKTable.Key, _ value: Span<UInt8>) -> Int? {
        guard var index = first else { return nil }
        // Fields of one name stand together.
        while let other = HPACKStaticTable.entries.key(at: index - 1), other.name == key.name {
            if other == key, HPACKStaticTable.entries.hasValue(value, at: index - 1) { return index }
            index += 1
        }
        return nil
    }

    private func dynamicMatch(_ key: HPACKTable.Key, _ value: Span<UInt8>) -> Int? {
        guard let index = table.firstIndex(where: { $0 == key }), table.hasName(name.span, at: index),
            table.hasValue(value, at: index)
        else { return nil }
        return index + 1 + HPACKStaticTable.count
    }

    private func dynamicName(_ key: HPACKTable.Key) -> Int? {
        guard let index = table.firstIndex(where: { $0.name == key.name }), table.hasName(name.span, at: index) else {
            return nil
        }
        return index + 1 + HPACKStaticTable.count
    }

    /// How a field that is in no table is written.
    private static func form(_ known: Int?, _ name: Span<UInt8>, _ value: Span<UInt8>) -> Form {
        switch known {
        case 23, 49, 55: .secret
        // Short secrets could be guessed by the length of what a request compresses to.
        case 32: value.count < 20 ? .secret : .indexed
        // Paths, ages, lengths, tags, places and times of one message.
        case 4, 5, 21, 28, 34, 40, 41, 46: .plain
        case nil where isOfOneMessage(name): .plain
        default: .indexed
        }
    }

    private static func isOfOneMessage(_ name: Span<UInt8>) -> Bool {
        name.equals("x-request-id") || name.equals("traceparent") || name.equals("x-envoy-upstream-service-time")
            || name.equals("grpc-timeout")
    }

    private mutating func write(_ text: Span<UInt8>) {
        write(text.count, prefix: 7, 0)
        block.append(text)
    }

    /// Writes an integer (section 5.1) whose first byte has `pattern` above its prefix.
    private mutating func write(_ value: Int, prefix: Int, _ pattern: UInt8) {
        let mask = 1 << prefix - 1
        guard value >= mask else {
            block.append(pattern | UInt8(truncatingIfNeeded: value))
            return
        }
        block.append(pattern | UInt8(truncatingIfNeeded: mask))
        var rest = value - mask
        while rest >= 0x80 {
            block.append(UInt8(truncatingIfNeeded: rest & 0x7F | 0x80))
            rest >>= 7
        }
        block.append(UInt8(truncatingIfNeeded: rest))
    }
}
