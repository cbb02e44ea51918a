/// The headers that log lines ask for, found out while formats are compiled.
///
/// One table serves all formats of a connection manager, so that each header is looked at once.
public struct LogFields: Sendable {
    /// Where a header stands.
    public enum Side: Sendable, Hashable, CaseIterable {
        /// In the request; `:method`, `:path`, `:authority` and `:scheme` stand for what HTTP/1 has in its first line.
        case request
        /// In the response.
        case response
        /// In the trailers of the response.
        case trailer
    }

    private struct Entry: Sendable {
        let side: Side
        /// In lower case.
        let name: [UInt8]
        /// What is compared first, because the bytes of the name lie elsewhere.
        let length: Int
        let initial: UInt8

        init(_ side: Side, _ name: [UInt8]) {
            self.side = side
            self.name = name
            length = name.count
            initial = name.first ?? 0
        }
    }

    private var entries: [Entry] = []
    private var sides: Set<Side> = []

    /// The most headers that all formats together may ask for.
    static let maximumCount = 256

    /// Makes an empty table.
    public init() {}

    /// Whether any header of `side` is asked for.
    public func isNeeded(_ side: Side) -> Bool { sides.contains(side) }

    /// Keeps a header in `record`, if it is asked for.
    ///
    /// - Parameters:
    ///   - side: Where it stands.
    ///   - name: Its name, in any case of letters.
    ///   - value: Its value.
    ///   - record: The record of the request.
    public func capture(
        _ side: Side,
        name: Span<UInt8>,
        value: Span<UInt8>,
        into record: inout LogRecord
    ) {
        guard !name.isEmpty else { return }
        let initial = Self.lowercased(name[0])
        for slot in entries.indices {
            guard entries[slot].side == side, entries[slot].length == name.count,
                entries[slot].initial == initial, isSame(slot, name)
            else { continue }
            record.keep(value, for: slot)
            return
        }
    }

    /// Keeps what has a name of its own, such as `:path`, in `record`, if it is asked for.
    public func capture(_ side: Side, name: StaticString, value: Span<UInt8>, into record: inout LogRecord) {
        for slot in entries.indices {
            guard entries[slot].side == side, entries[slot].length == name.utf8CodeUnitCount else { continue }
            let isSame = name.withUTF8Buffer { unsafe entries[slot].name.elementsEqual($0) }
            guard isSame else { continue }
            record.keep(value, for: slot)
            return
        }
    }

    /// The slot of a header, which is asked for from now on; nil when there are too many.
    mutating func slot(_ side: Side, _ name: [UInt8]) -> Int? {
        let name = name.map(Self.lowercased)
        if let slot = entries.firstIndex(where: { $0.side == side && $0.name == name }) { return slot }
        guard entries.count < Self.maximumCount else { return nil }
        entries.append(Entry(side, name))
        sides.insert(side)
        return entries.count - 1
    }

    /// Whether `name` is the one of `slot`, which is as long and in lower case.
    private func isSame(_ slot: Int, _ name: Span<UInt8>) -> Bool {
        for index in 0..<name.count where Self.lowercased(name[index]) != entries[slot].name[index] { return false }
        return true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
