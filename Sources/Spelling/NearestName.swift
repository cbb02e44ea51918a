/// Finds the name that someone probably meant.
public enum NearestName {
    /// The candidate that takes the fewest changed letters to become `name`, or nil when none is near.
    ///
    /// Near means that at most a third of the letters differ, or two of a short name. The first of equals wins.
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        let wanted = Array(name.utf8.prefix(64))
        var best: String?
        var limit = max(2, wanted.count / 3)
        for candidate in candidates {
            let letters = Array(candidate.utf8.prefix(64))
            guard abs(letters.count - wanted.count) <= limit else { continue }
            let distance = changes(from: wanted, to: letters)
            guard distance <= limit else { continue }
            best = candidate
            limit = distance - 1
        }
        return best
    }

    /// How many letters must be added, removed or replaced (Levenshtein).
    private static func changes(from left: [UInt8], to right: [UInt8]) -> Int {
        var above = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            current.reserveCapacity(above.count)
            for (column, other) in right.enumerated() {
                let replaced = above[column] + (letter == other ? 0 : 1)
                current.append(min(replaced, above[column + 1] + 1, current[column] + 1))
            }
            above = current
        }
        return above[right.count]
    }
}
