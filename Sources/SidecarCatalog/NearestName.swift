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
        // Made for the first candidate that is near by its length, which most have none of.
        lazy var distance = EditDistance(maximumLength: maximumLength)
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            // What folding leaves is as long, and lengths are compared without making anything.
            let length = candidate.utf8.count
            guard abs(length - wanted.count) <= tolerance, let spelling = folded(candidate) else { continue }
            let limit = min(best?.distance ?? tolerance, max(wanted.count, length) - 1)
            guard let distance = distance.between(wanted, spelling, limit: limit) else { continue }
            if let best, (best.distance, best.name) <= (distance, candidate) { continue }
            best = (distance, candidate)
        }
        return best?.name
    }

    private static func folded(_ name: String) -> [UInt8]? {
        guard (1...maximumLength).contains(name.utf8.count) else { return nil }
        return name.utf8.map { $0.isLetter ? $0 | 0x20 : $0 }
    }
}
