/// Finds the name that someone probably meant.
enum EditDistance {
    /// The candidate nearest to `name`, or nil when none is near: at most a third of its letters differ, at least 2.
    static func nearest(to name: String, among candidates: [String]) -> String? {
        let wanted = Array(name.utf8.prefix(64))
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let distance = between(wanted, Array(candidate.utf8))
            if distance < best?.distance ?? max(3, wanted.count / 3 + 1) { best = (distance, candidate) }
        }
        return best?.name
    }

    /// The Levenshtein distance of two names.
    private static func between(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (line, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let cost = min(row[column + 1] + 1, row[column] + 1, diagonal + (byte == other ? 0 : 1))
                diagonal = row[column + 1]
                row[column + 1] = cost
            }
        }
        return row[right.count]
    }
}
