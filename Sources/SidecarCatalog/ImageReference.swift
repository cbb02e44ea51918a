import Kubernetes

/// The grammar of image references (https://pkg.go.dev/github.com/distribution/reference).
enum ImageReference {
    /// How long a reference may be.
    private static let maximumLength = 512

    /// Whether `text` is `[host[:port]/]path[:tag][@algorithm:digest]`.
    static func isValid(_ text: String) -> Bool {
        guard text.utf8.count <= maximumLength else { return false }
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, !isDigest(parts[1]) { return false }
        guard var components = parts.first?.split(separator: "/", omittingEmptySubsequences: false),
            let last = components.last
        else { return false }
        let tagged = last.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if tagged.count == 2, !isTag(tagged[1]) { return false }
        components[components.count - 1] = tagged[0]
        if components.count > 1, isHost(components[0]) { components.removeFirst() }
        return components.allSatisfy { isPathComponent($0) }
    }

    private static func isHost(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard text == "localhost" || text.contains(".") || parts.count == 2 else { return false }
        if parts.count == 2, UInt16(parts[1]) == nil { return false }
        return parts[0].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.utf8.first != 45 && label.utf8.allSatisfy { $0.isAlphanumeric || $0 == 45 }
        }
    }

    /// Lower-case letters and digits, separated by one of `.`, `_`, `__` or any number of `-`.
    private static func isPathComponent(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, first.isLowerAlphanumeric, last.isLowerAlphanumeric else {
            return false
        }
        return bytes.split(whereSeparator: \.isLowerAlphanumeric).allSatisfy { separator in
            separator.elementsEqual([46]) || separator.elementsEqual([95]) || separator.elementsEqual([95, 95])
                || separator.allSatisfy { $0 == 45 }
        }
    }

    private static func isTag(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128, first.isAlphanumeric || first == 95 else {
            return false
        }
        return text.utf8.allSatisfy { $0.isAlphanumeric || $0 == 95 || $0 == 46 || $0 == 45 }
    }

    private static func isDigest(_ text: Substring) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let algorithm = parts.first, let digest = parts.last else { return false }
        guard let length = ["sha256": 64, "sha384": 96, "sha512": 128][String(algorithm)] else { return false }
        return digest.utf8.count == length
            && digest.utf8.allSatisfy { $0.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
    }
}
