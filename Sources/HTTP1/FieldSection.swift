/// The header section of one head: a table of places over the bytes of the head.
///
/// The table is emptied and filled again for every message, so that a connection in use allocates nothing for it.
public struct FieldSection: Sendable {
    /// The headers in the order in which they came.
    public internal(set) var fields: [HeaderField] = []
    private(set) var hosts: UInt8 = 0
    private(set) var lengths: UInt8 = 0
    private(set) var codings: UInt8 = 0
    private(set) var connections: UInt8 = 0
    private(set) var upgrades: UInt8 = 0
    private(set) var expectations: UInt8 = 0

    init() {
        fields.reserveCapacity(16)
    }

    /// The first header that is `known`, or nil.
    public func first(_ known: KnownHeader) -> HeaderField? {
        for field in fields where field.known == known {
            return field
        }
        return nil
    }

    /// Forgets the last message and keeps the storage.
    mutating func reset() {
        fields.removeAll(keepingCapacity: true)
        hosts = 0
        lengths = 0
        codings = 0
        connections = 0
        upgrades = 0
        expectations = 0
    }

    /// Adds a header; counters saturate far above what any check asks for.
    @inline(__always)
    mutating func append(_ field: HeaderField, limits: HTTP1Limits) throws(HTTP1Error) {
        guard fields.count < limits.fields else { throw HTTP1Error(.tooManyFields, at: Int(field.name.start)) }
        fields.append(field)
        switch field.known {
        case .host: hosts &+= hosts < 2 ? 1 : 0
        case .contentLength: lengths &+= lengths < 2 ? 1 : 0
        case .transferEncoding: codings &+= codings < 2 ? 1 : 0
        case .connection: connections &+= connections < 2 ? 1 : 0
        case .upgrade: upgrades &+= upgrades < 2 ? 1 : 0
        case .expect: expectations &+= expectations < 2 ? 1 : 0
        default: break
        }
    }
}
