/// Members whose values a parse checks as JSON and leaves out of the value.
///
/// For parts of a document that can be long and that nobody reads. Places are pointers through objects only.
public struct JSONOmission: Sendable {
    /// Nothing is left out.
    public static let none = JSONOmission([])

    /// What is left out below a place: a number of a branch, or one of the two constants.
    typealias Scope = Int
    /// Nothing is left out from here on.
    static let nothing: Scope = -1
    /// The place itself is left out.
    static let all: Scope = -2

    /// An object in which something is left out somewhere.
    private struct Branch: Sendable {
        /// The members that matter, by name.
        var members: [(name: String, scope: Scope)] = []
        /// A bit for the length of each name; 64 and more share the bits of others.
        var lengths: UInt64 = 0
    }

    private var branches: [Branch] = []

    /// Leaves out the members at `places`.
    public init(_ places: [JSONPointer]) {
        for place in places where !place.tokens.isEmpty {
            if branches.isEmpty { branches.append(Branch()) }
            add(place.tokens[...], below: 0)
        }
    }

    /// What is left out of a whole document.
    var document: Scope { branches.isEmpty ? Self.nothing : 0 }

    /// What is left out of the member `name` of an object of which `scope` is left out.
    @inline(__always)
    func scope(of name: String, in scope: Scope) -> Scope {
        guard branches.indices.contains(scope) else { return Self.nothing }
        guard branches[scope].lengths & Self.bit(name) != 0 else { return Self.nothing }
        return member(name, of: scope) ?? Self.nothing
    }

    private func member(_ name: String, of scope: Scope) -> Scope? {
        branches[scope].members.first { $0.name.hasSameBytes(as: name) }?.scope
    }

    private mutating func add(_ tokens: ArraySlice<String>, below branch: Int) {
        guard let name = tokens.first else { return }
        let rest = tokens.dropFirst()
        let known = branches[branch].members.firstIndex { $0.name.hasSameBytes(as: name) }
        if rest.isEmpty {
            if let known { branches[branch].members.remove(at: known) }
            branches[branch].members.append((name, Self.all))
        } else if known == nil {
            branches[branch].members.append((name, branches.count))
            branches.append(Branch())
        }
        branches[branch].lengths |= Self.bit(name)
        guard !rest.isEmpty, let next = member(name, of: branch), next != Self.all else { return }
        add(rest, below: next)
    }

    @inline(__always)
    private static func bit(_ name: String) -> UInt64 {
        1 << UInt64(truncatingIfNeeded: name.utf8.count & 63)
    }
}
