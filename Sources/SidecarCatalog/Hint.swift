/// Phrases that say what to do about a wrong name.
enum Hint {
    /// How many names are listed.
    private static let limit = 12

    /// `did you mean 'path'?`, or nil when no candidate is near.
    static func nearest(_ name: String, among candidates: some Sequence<String>) -> String? {
        NearestName.nearest(to: name, among: candidates).map { "did you mean '\($0)'?" }
    }

    /// `allowed fields: a, b`, shortened.
    static func list(_ what: String, _ names: [String]) -> String {
        guard !names.isEmpty else { return "there are no \(what)" }
        let more = names.count > limit ? " and \(names.count - limit) more" : ""
        return "\(what): \(names.prefix(limit).joined(separator: ", "))\(more)"
    }

    /// The nearest name, else the list of all.
    static func choose(_ name: String, among candidates: [String], _ what: String) -> String {
        nearest(name, among: candidates) ?? list(what, candidates)
    }
}
