/// A list of fields of which the newest comes first, and the oldest go when it becomes too large (RFC 7541 section 2.3).
struct HPACKTable: Sendable {
    /// Hashes by which a field is found: of its name, and of both.
    struct Key: Sendable, Equatable {
        let name: UInt32
        let field: UInt32

        /// The hashes of a field (FNV-1a).
        @inline(__always)
        init(_ name: Span<UInt8>, _ value: Span<UInt8>) {
            var hash: UInt32 = 2_166_136_261
            for index in 0..<name.count { hash = (hash ^ UInt32(name[index])) &* 16_777_619 }
            self.name = hash
            for index in 0..<value.count { hash = (hash ^ UInt32(value[index])) &* 16_777_619 }
            field = hash
        }
    }

    private struct Entry {
        let key: Key
        /// Where the name begins; the value follows it.
        let start: Int
        let nameCount: Int
        let valueCount: Int

        var size: Int { nameCount + valueCount + HPACKTable.overhead }
    }

    /// What an entry counts beside its bytes (RFC 7541 section 4.1).
    static let overhead = 32

    /// What the entries count together at most.
    private(set) var maximumSize: Int
    private var size = 0
    /// The oldest first; those before `first` have gone.
    private var entries: [Entry] = []
    private var first = 0
    private var bytes: [UInt8] = []

    /// Makes an empty table.
    init(maximumSize: Int) {
        self.maximumSize = maximumSize
    }

    /// How many entries there are.
    var count: Int { entries.count - first }

    /// The bytes that are held, those of entries that have gone included.
    var heldBytes: Int { bytes.count }

    /// Adds a field; one that is too large leaves the table empty.
    mutating func insert(_ key: Key, _ name: Span<UInt8>, _ value: Span<UInt8>) {
        let added = name.count + value.count + Self.overhead
        evict(to: maximumSize - added)
        guard added <= maximumSize else { return }
        compact()
        let start = bytes.count
        bytes.append(name)
        bytes.append(value)
        entries.append(Entry(key: key, start: start, nameCount: name.count, valueCount: value.count))
        size += added
    }

    /// Changes what the entries may count.
    mutating func resize(to maximumSize: Int) {
        self.maximumSize = maximumSize
        evict(to: maximumSize)
    }

    /// The hashes of the entry at `index`, 0 being the newest.
    @inline(__always)
    func key(at index: Int) -> Key? {
        guard index >= 0, index < count else { return nil }
        return entries[entries.count - 1 - index].key
    }

    /// The index of the newest entry whose hashes are wanted.
    @inline(__always)
    func firstIndex(where isWanted: (Key) -> Bool) -> Int? {
        var index = 0
        while index < count {
            if isWanted(entries[entries.count - 1 - index].key) { return index }
            index += 1
        }
        return nil
    }

    /// Whether the entry at `index` has this name.
    @inline(__always)
    func hasName(_ name: Span<UInt8>, at index: Int) -> Bool {
        guard index >= 0, index < count else { return false }
        let entry = entries[entries.count - 1 - index]
        return bytes.span.extracting(entry.start..<entry.start + entry.nameCount).equals(name)
    }

    /// Whether the entry at `index` has this value.
    @inline(__always)
    func hasValue(_ value: Span<UInt8>, at index: Int) -> Bool {
        guard index >= 0, index < count else { return false }
        let entry = entries[entries.count - 1 - index]
        let start = entry.start + entry.nameCount
        return bytes.span.extracting(start..<start + entry.valueCount).equals(value)
    }

    /// Appends the bytes of the name of the entry at `index`; returns whether there is one.
    func appendName(at index: Int, to out: inout [UInt8]) -> Bool {
        guard index >= 0, index < count else { return false }
        let entry = entries[entries.count - 1 - index]
        out.append(bytes.span.extracting(entry.start..<entry.start + entry.nameCount))
        return true
    }

    /// Appends the bytes of the value of the entry at `index`.
    func appendValue(at index: Int, to out: inout [UInt8]) {
        guard index >= 0, index < count else { return }
        let entry = entries[entries.count - 1 - index]
        let start = entry.start + entry.nameCount
        out.append(bytes.span.extracting(start..<start + entry.valueCount))
    }

    private mutating func evict(to limit: Int) {
        while size > limit, first < entries.count {
            size -= entries[first].size
            first += 1
        }
    }

    /// Lets go of the memory of entries that have gone, once it is as much as that of the others.
    private mutating func compact() {
        let gone = first < entries.count ? entries[first].start : bytes.count
        guard first > 32 && first * 2 > entries.count || gone > 1024 && gone * 2 > bytes.count else { return }
        bytes.removeFirst(gone)
        entries = entries[first...].map {
            Entry(key: $0.key, start: $0.start - gone, nameCount: $0.nameCount, valueCount: $0.valueCount)
        }
        first = 0
    }
}
