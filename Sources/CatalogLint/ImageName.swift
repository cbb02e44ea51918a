/// The parts of an image reference, `[host[:port]/]path[:tag][@digest]`.
struct ImageName: Equatable {
    /// Registry and path.
    let repository: String
    /// The tag; nil when there is none.
    let tag: String?
    /// The digest with its algorithm; nil when there is none.
    let digest: String?

    /// Takes a reference apart; whether it is one has been checked by the loader.
    init(_ reference: String) {
        let parts = reference.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let named = parts.first ?? ""
        digest = parts.count == 2 ? String(parts[1]) : nil
        let slash = named.lastIndex(of: "/").map { named.index(after: $0) } ?? named.startIndex
        guard let colon = named[slash...].firstIndex(of: ":") else {
            repository = String(named)
            tag = nil
            return
        }
        repository = String(named[..<colon])
        tag = String(named[named.index(after: colon)...])
    }

    /// Whether the repository is `suffix` or ends in `/` and `suffix`, whatever registry or mirror it comes from.
    func isFrom(_ suffix: String) -> Bool {
        repository == suffix || repository.hasSuffix("/\(suffix)")
    }
}
