import Manifests
import SidecarCatalog

/// Chooses workloads by kind and name.
///
/// | pattern | chooses |
/// |---|---|
/// | none | every workload |
/// | `Deployment/web` | the Deployment `web`; the kind in any case, as for kubectl |
/// | `*/web-*`, `job/*` | `*` stands for any characters |
/// | `web` | whatever is called `web` |
public struct WorkloadFilter: Sendable {
    private struct Pattern {
        let text: String
        let kind: Glob
        let name: Glob
        var isUsed = false
    }

    /// How many names are kept for the sake of a suggestion.
    private static let nameLimit = 10_000

    private var patterns: [Pattern]
    private var names: Set<String> = []

    /// Makes a filter; without patterns it chooses every workload.
    public init(_ patterns: [String] = []) {
        self.patterns = patterns.map { text in
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2 else { return Pattern(text: text, kind: Glob("*"), name: Glob(text)) }
            return Pattern(text: text, kind: Glob(parts[0].lowercased()), name: Glob(parts[1]))
        }
    }

    /// Whether a workload is meant; notes that there is one.
    mutating func chooses(_ workload: ManifestWorkload) -> Bool {
        guard !patterns.isEmpty else { return true }
        let (kind, name) = (workload.template.kind, workload.template.name ?? "")
        if names.count < Self.nameLimit { names.insert("\(kind)/\(name)") }
        var isChosen = false
        for index in patterns.indices where patterns[index].kind.matches(kind.lowercased()) {
            guard patterns[index].name.matches(name) else { continue }
            patterns[index].isUsed = true
            isChosen = true
        }
        return isChosen
    }

    /// A sentence for every pattern that has chosen nothing, with the nearest workload there is.
    public var missed: [String] {
        patterns.filter { !$0.isUsed }.map { pattern in
            let near = NearestName.nearest(to: pattern.text, among: names.sorted()) ?? nearestByName(pattern.text)
            let advice = near.map { "did you mean \($0)?" } ?? "name a workload of the input as KIND/NAME"
            return "no workload is chosen by '\(pattern.text)'; \(advice)"
        }
    }

    private func nearestByName(_ text: String) -> String? {
        let wanted = text.split(separator: "/").last.map(String.init) ?? text
        var subjects: [String: String] = [:]
        for subject in names.sorted() {
            if let name = subject.split(separator: "/").last { subjects[String(name)] = subject }
        }
        return NearestName.nearest(to: wanted, among: subjects.keys.sorted()).flatMap { subjects[$0] }
    }
}
