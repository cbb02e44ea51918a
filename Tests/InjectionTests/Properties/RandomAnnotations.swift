import Fixtures
import Injection
import SidecarCatalog

/// Makes the annotations of a pod that asks for sidecars and is up to no good.
struct RandomAnnotations {
    private let catalog: PropertyCatalog
    /// The hostile texts that each parameter takes, by `sidecar/version/parameter`.
    private let accepted: [String: [String]]

    init(_ catalog: PropertyCatalog) {
        self.catalog = catalog
        var accepted: [String: [String]] = [:]
        for sidecar in catalog.injector.catalog.sidecars {
            for version in sidecar.versions {
                for parameter in version.parameters {
                    let texts = HostileValue.fitting(parameter.type) + HostileValue.any
                    accepted[Self.key(sidecar, parameter), default: []] += texts.filter {
                        (try? parameter.value(from: $0)) != nil
                    }
                }
            }
        }
        self.accepted = accepted
    }

    private static func key(_ sidecar: Sidecar, _ parameter: Parameter) -> String {
        "\(sidecar.name)/\(parameter.name)"
    }

    /// The annotations of one pod; now and then null or of another type.
    func next(_ random: inout SplitMix64) -> [(key: String, value: String)] {
        var annotations: [String: String] = [:]
        let asked = request(&random)
        annotations["pillion.dev/inject"] = asked
        let names = asked.split { ", @:".contains($0) }.map(String.init)
        let known = names + names.flatMap { catalog.injector.catalog.bundle($0)?.map(\.name.rawValue) ?? [] }
        for sidecar in catalog.injector.catalog.sidecars where known.contains(sidecar.name.rawValue) {
            for parameter in sidecar.versions.randomElement(using: &random)?.parameters ?? [] {
                guard let value = value(of: parameter, sidecar, &random) else { continue }
                annotations["\(sidecar.name).pillion.dev/\(parameter.name)"] = value
            }
        }
        if Int.random(in: 0..<10, using: &random) == 0, let key = Self.keys.randomElement(using: &random) {
            annotations[key] = HostileValue.any.randomElement(using: &random)
        }
        if Int.random(in: 0..<40, using: &random) == 0 {
            annotations["pillion.dev/containers"] = ["app", "second", "app,second", "own"].randomElement(using: &random)
        }
        return annotations.sorted { $0.key < $1.key }.shuffled(using: &random)
    }

    private func request(_ random: inout SplitMix64) -> String {
        if Int.random(in: 0..<20, using: &random) == 0 { return HostileValue.any.randomElement(using: &random) ?? "" }
        let count = [1, 1, 1, 2, 2, 3, 8].randomElement(using: &random) ?? 1
        let items = (0..<count).compactMap { _ in catalog.requests.randomElement(using: &random) }
        return items.joined(separator: [",", ", ", " ,\t"].randomElement(using: &random) ?? ",")
    }

    /// A value for about half the parameters, and for all that are required: mostly one that is taken.
    private func value(of parameter: Parameter, _ sidecar: Sidecar, _ random: inout SplitMix64) -> String? {
        switch Int.random(in: 0..<50, using: &random) {
        case 0: return HostileValue.any.randomElement(using: &random)
        case 1: return HostileValue.fitting(parameter.type).randomElement(using: &random)
        case 2..<24: return accepted[Self.key(sidecar, parameter)]?.randomElement(using: &random)
        default: return parameter.isRequired ? HostileValue.harmless(for: parameter) : nil
        }
    }

    /// Keys beside those that are declared.
    private static let keys = [
        "pillion.dev/status", "pillion.dev/exclude", "pillion.dev/containers", "pillion.dev/file.every.0",
        "pillion.dev/\(HostileValue.marker)", "\(HostileValue.marker).pillion.dev/x", "every.pillion.dev/image/x",
        "every.pillion.dev/~0~1", "every.pillion.dev/\u{202E}path", "evil.example/pillion.dev", "pilion.dev/inject",
        "\u{0440}illion.dev/inject", "\(String(repeating: "a", count: 300)).pillion.dev/path", "/", "", "a/b/c",
    ]
}
