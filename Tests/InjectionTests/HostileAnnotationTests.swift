import Fixtures
import Foundation
import Injection
import JSON
import SidecarCatalog
import Testing

/// Random pods with hostile annotations: whatever they say, the patch stays within what the catalog opens.
///
/// `PILLION_PROPERTY_RUNS` sets how many pods are tried (2,000 unless set).
@Suite("PodInjector under hostile annotations")
struct HostileAnnotationTests {
    private static let marker = "HOSTILE"
    private static let runs = ProcessInfo.processInfo.environment["PILLION_PROPERTY_RUNS"].flatMap(Int.init) ?? 2000

    /// Texts that have broken injectors: quoting, expansion, pointer escapes, traversal, invisible characters, length.
    private static let values = [
        "/\(marker)", "/var/\(marker)\nimage: evil", "\(marker)\u{0}", "/a/\"\(marker)\"", "/$(\(marker))/${\(marker)}",
        "/{{ \(marker) }}", "/\(marker)~0~1", "/../../\(marker)", "/\u{202E}\(marker)",
        "/\(marker)/" + String(repeating: "x", count: 65_536),
        "debug", "info", "-1", "8080", "99999999999999999999", "", " ", "\u{FEFF}/\(marker)", "/\(marker),b",
        "/%2e%2e/\(marker)",
    ]
    private static let requests = [
        "logs", "proxy", "web", "logs,proxy", "logs@1", "logs@next", "\(marker)", "logs,,", "web@\(marker)", "false",
    ]
    private static let keys = [
        "logs.pillion.dev/path", "logs.pillion.dev/level", "proxy.pillion.dev/port", "pillion.dev/containers",
        "pillion.dev/exclude",
        "pillion.dev/status", "pillion.dev/file.logs.0", "pillion.dev/\(marker)", "\(marker).pillion.dev/x",
        "evil.example/pillion.dev",
        "logs.pillion.dev/image", "proxy.pillion.dev/port/x",
    ]

    @Test("no value reaches a field that the catalog does not open, and nothing of the pod's own changes")
    func property() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let injector = PodInjector(catalog: try TestCatalog.small())
        var injected = 0
        for run in 0..<Self.runs {
            let pod = Self.pod(&generator)
            let outcome = try injector.decide(pod)
            guard case .inject = outcome.decision else {
                #expect(outcome.pod == pod)
                continue
            }
            injected += 1
            let problems = Self.problems(pod, outcome)
            #expect(problems.isEmpty, "seed \(seed), run \(run): \(problems)")
            #expect(
                try injector.decide(outcome.pod).decision.reason.code == .alreadyInjected,
                "seed \(seed), run \(run)"
            )
        }
        #expect(injected > Self.runs / 20)
    }

    private static func pod(_ generator: inout SplitMix64) -> JSONValue {
        var annotations = ["pillion.dev/inject": requests.randomElement(using: &generator) ?? ""]
        for _ in 0..<Int.random(in: 0...2, using: &generator) {
            guard let key = keys.randomElement(using: &generator) else { continue }
            annotations[key] = values.randomElement(using: &generator)
        }
        let app: [JSONObject] = [
            [:], ["env": [["name": "A", "value": "$(LOG_PATH)"]]], ["volumeMounts": nil, "env": nil],
            ["volumeMounts": [["name": "v", "mountPath": "/v"]], "x": ["y": 1]],
        ]
        let spec: [JSONObject] = [
            [:], ["initContainers": [["name": "i", "image": "i"]]], ["volumes": nil], ["initContainers": []],
            ["volumes": [["name": "v", "emptyDir": [:]]], "hostAliases": []],
        ]
        return TestPod.pod(
            annotations: annotations,
            app: app.randomElement(using: &generator) ?? [:],
            spec: spec.randomElement(using: &generator) ?? [:]
        )
    }

    private static func problems(_ pod: JSONValue, _ outcome: InjectionOutcome) -> [String] {
        var problems: [String] = []
        for operation in outcome.decision.patch.operations {
            guard case .add(let path, let value) = operation else {
                problems.append("not an addition: \(operation)")
                continue
            }
            collect(value, at: path, into: &problems)
        }
        for list in ["initContainers", "containers"] {
            for container in pod["spec"]?[list]?.array ?? [] {
                guard let name = container["name"]?.string, let after = outcome.pod.container(name) else {
                    problems.append("a container is gone")
                    continue
                }
                for member in container.object?.members ?? [] where !["env", "volumeMounts"].contains(member.key) {
                    if after[member.key] != member.value { problems.append("\(name).\(member.key) changed") }
                }
            }
        }
        return problems
    }

    /// Notes where text from an annotation stands in a field that no template opens.
    private static func collect(_ value: JSONValue, at path: JSONPointer, into problems: inout [String]) {
        switch value {
        case .string(let text) where text.contains(marker):
            let last = path.tokens.last ?? ""
            let isOpen =
                ["mountPath", "value"].contains(last) || path.tokens.contains("args") || last.hasPrefix("pillion.dev/")
            if !isOpen { problems.append("\(path)") }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                collect(element, at: path.appending(index), into: &problems)
            }
        case .object(let object):
            for member in object.members {
                if member.key.contains(marker) { problems.append("\(path)/\(member.key)") }
                collect(member.value, at: path.appending(member.key), into: &problems)
            }
        default:
            break
        }
    }
}
