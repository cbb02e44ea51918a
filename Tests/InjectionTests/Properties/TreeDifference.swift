import JSON

/// Where two trees differ.
enum TreeDifference {
    /// The places of the highest values that are not the same; a member or an element that only one tree has counts.
    static func places(_ left: JSONValue, _ right: JSONValue, at place: [String] = []) -> [[String]] {
        switch (left, right) {
        case (.object(let left), .object(let right)):
            let names = left.keys + right.keys.filter { left[$0] == nil }
            var found: [[String]] = []
            for name in names {
                guard let one = left[name], let other = right[name] else {
                    found.append(place + [name])
                    continue
                }
                found += places(one, other, at: place + [name])
            }
            // The same members in another order are another text.
            if found.isEmpty, left.keys != right.keys { found.append(place) }
            return found
        case (.array(let left), .array(let right)):
            guard left.count == right.count else { return [place] }
            return zip(left, right).enumerated().flatMap { places($1.0, $1.1, at: place + [String($0)]) }
        default:
            return left == right ? [] : [place]
        }
    }
}
