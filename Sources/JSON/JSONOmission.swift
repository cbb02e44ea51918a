/// Members whose values a parse checks as JSON and leaves out of the value.
///
/// For parts of a document that can be long and that nobody reads. Places are pointers through objects only.
public struct JSONOmission: Sendable {
    /// Nothing is left out.
    public static let none = JSONOmission([])

    private let places: [JSONPointer]
    /// A bit for the depth and the length of the name of each; two of them may share one.
    private let shapes: UInt64

    /// Leaves out the members at `places`.
    public init(_ places: [JSONPointer]) {
        self.places = places
        shapes = places.reduce(0) { $0 | Self.bit(depth: $1.tokens.count, $1.tokens.last?.utf8.count ?? 0) }
    }

    /// Whether a member could be one of them, by its depth (1 in the outermost object) and the length of its name.
    @inline(__always)
    func mayContain(depth: Int, nameLength: Int) -> Bool {
        shapes & Self.bit(depth: depth, nameLength) != 0
    }

    /// Whether the member to which `names` lead, from the outermost object on, is one of them.
    func contains(_ names: [String]) -> Bool {
        for place in places where place.tokens.count == names.count {
            // From the end, where they differ first.
            let isSame = names.indices.reversed().allSatisfy { names[$0].hasSameBytes(as: place.tokens[$0]) }
            if isSame { return true }
        }
        return false
    }

    @inline(__always)
    private static func bit(depth: Int, _ nameLength: Int) -> UInt64 {
        1 << UInt64(truncatingIfNeeded: (depth &* 16 &+ nameLength) & 63)
    }
}
