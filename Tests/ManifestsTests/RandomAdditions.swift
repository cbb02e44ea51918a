import JSON
import ManifestFixtures

/// Adds to a tree what an injection adds: members, elements, and collections where there was nothing.
struct RandomAdditions {
    /// Whether `null` may become a collection, which nothing can take back.
    var fillsNull = false
    var random: RandomTree

    init(seed: UInt64, fillsNull: Bool = false) {
        random = RandomTree(seed: seed)
        self.fillsNull = fillsNull
    }

    /// The value with additions here and there below it.
    mutating func extend(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(var object):
            for member in object.members {
                object[member.key] = extend(member.value)
            }
            if chance(4) { object["added.dev/\(Int.random(in: 0..<3, using: &random))"] = addition() }
            return .object(object)
        case .array(let elements):
            var elements = elements.map { extend($0) }
            if chance(4) { elements.insert(addition(), at: Int.random(in: 0...elements.count, using: &random)) }
            if chance(6) { elements.append(addition()) }
            return .array(elements)
        case .null where fillsNull && chance(2): return chance(2) ? [addition()] : ["n": addition()]
        default: return value
        }
    }

    private mutating func addition() -> JSONValue {
        // No null, and marked, so that it is clear what was added when it is taken out.
        let inner = RandomManifest.value(depth: 2, &random)
        return ["name": .string("added-\(random.next())"), "with": inner]
    }

    private mutating func chance(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &random) == 0
    }
}
