/// The fields that every peer knows (RFC 7541 appendix A); the first one has index 1.
enum HPACKStaticTable {
    /// How many there are.
    static let count = 61

    /// The fields, as entries of a table.
    static let entries: HPACKTable = {
        var table = HPACKTable(maximumSize: .max)
        // The newest entry of a table is its first.
        for (name, value) in fields.reversed() {
            let (name, value) = (Array(name.utf8), Array(value.utf8))
            table.insert(HPACKTable.Key(name.span, value.span), name.span, value.span)
        }
        return table
    }()

    /// Which index the first field with a name has, by the lowest bits of the name's hash; 0 where there is none.
    ///
    /// Names that share a slot are found by going on to the next.
    private static let slots: [UInt8] = {
        var slots = [UInt8](repeating: 0, count: 256)
        for index in 1...count {
            let hash = entries.key(at: index - 1)?.name ?? 0
            var slot = Int(hash & 0xFF)
            while slots[slot] != 0, entries.key(at: Int(slots[slot]) - 1)?.name != hash { slot = (slot + 1) & 0xFF }
            if slots[slot] == 0 { slots[slot] = UInt8(index) }
        }
        return slots
    }()

    /// The index of the first field whose name is `name`; nil when no field has it.
    static func index(of key: HPACKTable.Key, _ name: Span<UInt8>) -> Int? {
        var slot = Int(key.name & 0xFF)
        while slots[slot] != 0 {
            let index = Int(slots[slot])
            if entries.key(at: index - 1)?.name == key.name, entries.hasName(name, at: index - 1) { return index }
            slot = (slot + 1) & 0xFF
        }
        return nil
    }

    private static let fields: [(String, String)] = [
        (":authority", ""),
        (":method", "GET"),
        (":method", "POST"),
        (":path", "/"),
        (":path", "/index.html"),
        (":scheme", "http"),
        (":scheme", "https"),
        (":status", "200"),
        (":status", "204"),
        (":status", "206"),
        (":status", "304"),
        (":status", "400"),
        (":status", "404"),
        (":status", "500"),
        ("accept-charset", ""),
        ("accept-encoding", "gzip, deflate"),
        ("accept-language", ""),
        ("accept-ranges", ""),
        ("accept", ""),
        ("access-control-allow-origin", ""),
        ("age", ""),
        ("allow", ""),
        ("authorization", ""),
        ("cache-control", ""),
        ("content-disposition", ""),
        ("content-encoding", ""),
        ("content-language", ""),
        ("content-length", ""),
        ("content-location", ""),
        ("content-range", ""),
        ("content-type", ""),
        ("cookie", ""),
        ("date", ""),
        ("etag", ""),
        ("expect", ""),
        ("expires", ""),
        ("from", ""),
        ("host", ""),
        ("if-match", ""),
        ("if-modified-since", ""),
        ("if-none-match", ""),
        ("if-range", ""),
        ("if-unmodified-since", ""),
        ("last-modified", ""),
        ("link", ""),
        ("location", ""),
        ("max-forwards", ""),
        ("proxy-authenticate", ""),
        ("proxy-authorization", ""),
        ("range", ""),
        ("referer", ""),
        ("refresh", ""),
        ("retry-after", ""),
        ("server", ""),
        ("set-cookie", ""),
        ("strict-transport-security", ""),
        ("transfer-encoding", ""),
        ("user-agent", ""),
        ("vary", ""),
        ("via", ""),
        ("www-authenticate", ""),
    ]
}
