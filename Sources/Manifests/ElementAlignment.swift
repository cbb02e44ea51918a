import JSON

/// Which elements of an array became which of another, when elements were only added or only removed.
enum ElementAlignment {
    /// What became of one element.
    enum Step: Equatable {
        /// The element `old` is now `new`.
        case keep(old: Int, new: Int)
        /// The element `new` is added.
        case add(Int)
        /// The element `old` is removed.
        case remove(Int)
    }

    /// The steps from `old` to `new`, in order; nil when neither is the other with additions.
    ///
    /// Arrays of the same length are paired element by element.
    static func steps(from old: [JSONValue], to new: [JSONValue]) -> [Step]? {
        if old.count == new.count { return old.indices.map { .keep(old: $0, new: $0) } }
        // Only when nothing else fits has a `null` become something.
        return steps(from: old, to: new, fillsNull: false) ?? steps(from: old, to: new, fillsNull: true)
    }

    private static func steps(from old: [JSONValue], to new: [JSONValue], fillsNull: Bool) -> [Step]? {
        let isLonger = new.count > old.count
        let (short, long) = isLonger ? (old, new) : (new, old)
        var steps: [Step] = []
        var next = 0
        for (index, element) in long.enumerated() {
            if next < short.count, contains(element, short[next], fillsNull) {
                steps.append(isLonger ? .keep(old: next, new: index) : .keep(old: index, new: next))
                next += 1
            } else {
                steps.append(isLonger ? .add(index) : .remove(index))
            }
        }
        return next == short.count ? steps : nil
    }

    /// Whether `large` is `small` with additions, to which filling a `null` may count.
    private static func contains(_ large: JSONValue, _ small: JSONValue, _ fillsNull: Bool) -> Bool {
        switch (large, small) {
        case (_, .null): fillsNull || large.isNull
        case (.object(let large), .object(let small)):
            large.count >= small.count
                && small.allSatisfy { member in
                    large[member.key].map { contains($0, member.value, fillsNull) } ?? false
                }
        case (.array(let large), .array(let small)):
            large.count >= small.count && containsInOrder(large, small, fillsNull)
        default: large == small
        }
    }

    private static func containsInOrder(_ large: [JSONValue], _ small: [JSONValue], _ fillsNull: Bool) -> Bool {
        var next = 0
        for element in large where next < small.count && contains(element, small[next], fillsNull) {
            next += 1
        }
        return next == small.count
    }
}
