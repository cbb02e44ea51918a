/// The answer of a name server (RFC 1035 section 4), as far as addresses are concerned.
///
/// Bytes from the network: every length is checked, and whatever does not fit ends the reading.
struct DNSMessage {
    /// The addresses of the wanted kind.
    private(set) var addresses: [ResolvedAddress] = []
    /// The shortest time that any record of the answer may be believed, in seconds.
    private(set) var timeToLive: UInt32?

    private static let headerLength = 12
    private static let maximumAddresses = 1024

    /// Reads a message, nil when it is broken.
    init?(_ bytes: [UInt8], type: RecordType) {
        guard bytes.count >= Self.headerLength else { return nil }
        let questions = Self.word(bytes, 4)
        let answers = Self.word(bytes, 6)
        var offset = Self.headerLength
        for _ in 0..<questions {
            guard let end = Self.skipName(bytes, offset), end + 4 <= bytes.count else { return nil }
            offset = end + 4
        }
        for _ in 0..<answers {
            guard let end = readRecord(bytes, offset, type) else { return nil }
            offset = end
        }
    }

    /// Reads the record at `offset`; returns where it ends, or nil when it is broken.
    private mutating func readRecord(_ bytes: [UInt8], _ offset: Int, _ type: RecordType) -> Int? {
        guard let start = Self.skipName(bytes, offset), start + 10 <= bytes.count else { return nil }
        let data = start + 10
        let length = Int(Self.word(bytes, start + 8))
        guard data + length <= bytes.count else { return nil }
        // Aliases on the way to the addresses count as well. A time beyond 31 bits means none (RFC 2181 section 8).
        let seconds = UInt32(Self.word(bytes, start + 4)) << 16 | UInt32(Self.word(bytes, start + 6))
        timeToLive = min(timeToLive ?? .max, seconds > UInt32(Int32.max) ? 0 : seconds)
        if Self.word(bytes, start) == type.rawValue, Self.word(bytes, start + 2) == 1,
            length == (type == .a ? 4 : 16), addresses.count < Self.maximumAddresses,
            let address = ResolvedAddress(bytes: bytes[data..<data + length])
        {
            addresses.append(address)
        }
        return data + length
    }

    /// Where the name at `offset` ends: behind its last label, or behind a pointer, which ends every name.
    private static func skipName(_ bytes: [UInt8], _ offset: Int) -> Int? {
        var index = offset
        while index < bytes.count {
            let length = bytes[index]
            if length == 0 { return index + 1 }
            if length & 0xC0 == 0xC0 { return index + 2 }
            guard length & 0xC0 == 0 else { return nil }
            index += 1 + Int(length)
        }
        return nil
    }

    /// The two bytes at `offset`, which are there.
    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt16 {
        UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
    }
}
