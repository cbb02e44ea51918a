import Kubernetes

/// A reference to an image, taken apart (https://pkg.go.dev/github.com/distribution/reference).
struct ImageReference: Sendable {
    /// How long a reference may be.
    private static let maximumLength = 512

    /// Where the image is, as container runtimes read it: `docker.io/library/nginx` for `nginx`.
    let repository: String
    /// The tag; nil when there is none.
    let tag: String?
    /// The digest with its algorithm; nil when there is none.
    let digest: String?

    /// Parses `[host[:port]/]path[:tag][@algorithm:digest]`; nil when it is anything else.
    init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength else { return nil }
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, !Self.isDigest(parts[1]) { return nil }
        guard var components = parts.first?.split(separator: "/", omittingEmptySubsequences: false),
            let last = components.last
        else { return nil }
        let tagged = last.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if tagged.count == 2, !Self.isTag(tagged[1]) { return nil }
        components[components.count - 1] = tagged[0]
        var host: Substring = "docker.io"
        if components.count > 1, Self.isHost(components[0]) {
            host = components.removeFirst()
        }
        guard components.allSatisfy({ Self.isPathComponent($0) }) else { return nil }
        if host == "docker.io", components.count == 1 { components.insert("library", at: 0) }
        repository = "\(host)/\(components.joined(separator: "/"))"
        tag = tagged.count == 2 ? String(tagged[1]) : nil
        digest = parts.count == 2 ? String(parts[1]) : nil
    }

    /// Whether `text` is a reference.
    static func isValid(_ text: String) -> Bool {
        ImageReference(text) != nil
    }

    /// The whole reference with its host.
    var normalized: String {
        repository + (tag.map { ":\($0)" } ?? "") + (digest.map { "@\($0)" } ?? "")
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
