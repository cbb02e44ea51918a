import Kubernetes

/// Finds what somebody probably meant.
public enum NearestName {
    /// Longer names are not compared.
    private static let maximumLength = 64

    /// The candidate with the fewest typing mistakes, or nil when none is near.
    ///
    /// A mistake is a character that is missing, too much, wrong, or swapped with its neighbour (optimal string
    /// alignment), without regard to case. One mistake in three characters is near. Of equally near candidates the
    /// first in byte order wins.
    public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        guard let wanted = folded(name) else { return nil }
        let tolerance = max(1, wanted.count / 3)
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            guard let spelling = folded(candidate), abs(spelling.count - wanted.count) <= tolerance else { continue }
            let distance = distance(wanted, spelling)
            guard distance <= tolerance, distance < max(wanted.count, spelling.count) else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    private static func folded(_ name: String) -> [UInt8]? {
        guard (1...maximumLength).contains(name.utf8.count) else { return nil }
        return name.utf8.map { $0.isLetter ? $0 | 0x20 : $0 }
    }

    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 1...max(1, left.count) where row <= left.count {
            var current = [row]
            for column in 1...max(1, right.count) where column <= right.count {
                let isSame = left[row - 1] == right[column - 1]
                var cost = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, beforePrevious[column - 2] + 1)
                }
                current.append(cost)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
