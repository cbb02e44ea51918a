import Fixtures
import Injection
import JSON
import SidecarCatalog

/// Tries the properties of the injection on one pod after the other, and counts what it could try.
struct PropertyTrial {
    private let catalog: PropertyCatalog
    /// How many pods got something.
    private(set) var injected = 0
    /// How many values were compared with a harmless one.
    private(set) var compared = 0
    private var reasons: [String: Int] = [:]

    init(_ catalog: PropertyCatalog) {
        self.catalog = catalog
    }

    /// What was tried, in a line.
    var summary: String {
        let counts = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
        return "\(catalog.name): \(injected) injected, \(compared) values compared; \(counts.joined(separator: ", "))"
    }

    /// What is wrong with the outcome for a pod; nothing is.
    mutating func problems(_ pod: JSONValue, _ random: inout SplitMix64) throws -> [String] {
        var environment = PodEnvironment(namespace: ["shop", "ruled-1"].randomElement(using: &random) ?? "")
        if Int.random(in: 0..<20, using: &random) == 0 {
            environment.clusterVersion = KubernetesVersion(major: 1, minor: 28)
        }
        let outcome = try catalog.injector.decide(pod, environment)
        reasons[outcome.decision.reason.code.rawValue, default: 0] += 1
        let messages = Self.problems(of: [outcome.decision.reason.message] + outcome.warnings.map(\.text))
        guard case .inject = outcome.decision else {
            return messages + (outcome.pod == pod && outcome.patch == nil ? [] : ["left alone and changed"])
        }
        injected += 1
        let entries = entries(outcome)
        var additions = AdditionCheck(entries)
        additions.compare(pod, outcome.pod)
        return messages + additions.problems + Self.problems(ofPatch: outcome, pod)
            + (try secondPasses(outcome.pod, environment)) + Self.problems(ofExpansion: outcome.pod, entries)
            + (try reachProblems(pod, outcome, environment))
    }

    private func entries(_ outcome: InjectionOutcome) -> [SidecarEntry] {
        outcome.injected.map { SidecarEntry(name: $0.name, version: catalog.declaration(of: $0.name, $0.version)) }
    }

    /// Messages are one line that shows every character as it is.
    private static func problems(of messages: [String]) -> [String] {
        messages.filter { message in
            message.utf8.count > 4096
                || message.unicodeScalars.contains { [.control, .format].contains($0.properties.generalCategory) }
        }.map { "message: \($0.prefix(300).debugDescription)" }
    }

    /// The patch has nothing but additions, and the text of it leads to the same pod.
    private static func problems(ofPatch outcome: InjectionOutcome, _ pod: JSONValue) -> [String] {
        var problems: [String] = []
        for operation in outcome.decision.patch.operations {
            guard case .add = operation else {
                problems.append("not an addition: \(operation)")
                continue
            }
        }
        guard let text = outcome.patch, let json = try? JSONParser.parse(text),
            let patch = try? JSONPatch(json: json), let patched = try? patch.applied(to: pod)
        else { return problems + ["the patch's text does not apply"] }
        if patched != outcome.pod { problems.append("the patch's text leads to another pod") }
        return problems
    }

    private func secondPasses(_ pod: JSONValue, _ environment: PodEnvironment) throws -> [String] {
        var problems: [String] = []
        for (name, pod) in [("second", pod), ("defaulted", APIServerDefaults.applied(to: pod))] {
            let outcome = try catalog.injector.decide(pod, environment)
            guard case .skip(let reason) = outcome.decision, outcome.patch == nil, outcome.pod == pod else {
                problems.append("\(name) pass: \(outcome.decision.name) \(outcome.decision.reason.message)")
                continue
            }
            if reason.code != .alreadyInjected { problems.append("\(name) pass: \(reason.code.rawValue)") }
        }
        return problems
    }

    /// No text that the kubelet expands makes it look up a variable that an annotation names.
    private static func problems(ofExpansion pod: JSONValue, _ entries: [SidecarEntry]) -> [String] {
        let names = Set(entries.flatMap(\.containers.keys))
        let containers = ["initContainers", "containers"].flatMap { pod["spec"]?[$0]?.array ?? [] }
        let ours = containers.filter { names.contains($0["name"]?.string ?? "") }
        let lists = ours.flatMap { [$0["command"], $0["args"]].flatMap { $0?.array ?? [] } }
        let variables = containers.flatMap { $0["env"]?.array ?? [] }.compactMap { $0["value"] }
        return (lists + variables).compactMap(\.string).filter { text in
            KubeletExpansion.expand(text, [HostileValue.marker: "\u{1}"]).contains("\u{1}")
        }.map { "the kubelet would expand \($0.prefix(200))" }
    }

    /// Sets one parameter after the other to a harmless value and compares.
    private mutating func reachProblems(
        _ pod: JSONValue,
        _ outcome: InjectionOutcome,
        _ environment: PodEnvironment
    ) throws -> [String] {
        var problems: [String] = []
        for injected in outcome.injected {
            guard let name = SidecarName(injected.name), let sidecar = catalog.injector.catalog.sidecar(name),
                let version = sidecar.versions.first(where: { $0.text == injected.version })
            else { return ["\(injected.name) is not in the catalog"] }
            for parameter in version.parameters where ![.enum, .boolean].contains(parameter.type) {
                let key = "\(injected.name).pillion.dev/\(parameter.name)"
                guard let value = pod.annotation(key), let harmless = HostileValue.harmless(for: parameter),
                    value != harmless
                else { continue }
                let place = JSONPointer(["metadata", "annotations", key])
                let twin = try JSONPatch([.replace(path: place, value: .string(harmless))]).applied(to: pod)
                let other = try catalog.injector.decide(twin, environment)
                // The harmless value may be in the way of something else.
                guard case .inject = other.decision else { continue }
                compared += 1
                let entry = SidecarEntry(
                    name: injected.name,
                    version: catalog.declaration(of: injected.name, injected.version)
                )
                problems += ReachCheck(entry: entry, parameter: parameter.name).problems(outcome.pod, other.pod)
                    .map { "\(key) reaches \($0)" }
            }
        }
        return problems
    }
}
