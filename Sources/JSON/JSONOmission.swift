/// Members whose values a parse checks as JSON and leaves out of the value.
///
/// For parts of a document that can be long and that nobody reads. Places are pointers through objects only.
public struct JSONOmission: Sendable {
    /// Nothing is left out.
    public static let none = JSONOmission([])

    private let places: [JSONPointer]
    /// The depths at which something is left out, as bits; depths above 62 share the highest bit.
    private let depths: UInt64
    /// The lengths of the names, likewise.
    private let lengths: UInt64

    /// Leaves out the members at `places`.
    public init(_ places: [JSONPointer]) {
        self.places = places
        depths = places.reduce(0) { $0 | Self.bit($1.tokens.count) }
        lengths = places.reduce(0) { $0 | Self.bit($1.tokens.last?.utf8.count ?? 0) }
    }

    /// Whether a member could be one of them, by its depth (1 in the outermost object) and the length of its name.
    @inline(__always)
    func mayContain(depth: Int, nameLength: Int) -> Bool {
        depths & Self.bit(depth) != 0 && lengths & Self.bit(nameLength) != 0
    }

    /// Whether the member named `name`, in the object to which `names` lead, is one of them.
    func contains(_ name: String, below names: some RandomAccessCollection<String?>) -> Bool {
        places.contains { place in
            guard place.tokens.count == names.count + 1, place.tokens.last?.hasSameBytes(as: name) ?? false else {
                return false
            }
            return zip(place.tokens, names).allSatisfy { $1?.hasSameBytes(as: $0) ?? false }
        }
    }

    @inline(__always)
    private static func bit(_ number: Int) -> UInt64 {
        1 << UInt64(min(max(number, 0), 63))
    }
}
