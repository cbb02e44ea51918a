import Injection
import JSON
import Testing

/// A reviewer remembers what it rendered; nobody may notice by its answers.
@Suite("RenderMemo")
struct RenderMemoTests {
    /// Pods that differ in one thing each that a rendered sidecar may or may not depend on.
    private static let pods: [JSONValue] =
        (0..<300).map { TestPod.asking("logs, proxy", ["logs.pillion.dev/path": "/var/log/\($0)"]) }
        + (1..<20).map { TestPod.asking("logs, proxy", app: ["securityContext": ["runAsUser": .integer($0)]]) }
        + (1..<20).map { TestPod.asking("logs, proxy", app: ["ports": [["containerPort": .integer(9000 + $0)]]]) }
        + (1..<20).map { TestPod.asking("logs@next", ["pillion.dev/containers": $0 % 2 == 0 ? "app" : "app, app"]) }
        + [
            TestPod.asking("logs", ["logs.pillion.dev/level": "debug"]),
            TestPod.asking("logs", ["logs.pillion.dev/level": "shouting"]),
            TestPod.asking("logs", ["logs.pillion.dev/path": "relative"]),
            TestPod.asking("proxy", app: ["ports": []]),
        ]

    @Test("a reviewer that has seen other pods answers like one that has seen none")
    func sameAnswers() throws {
        let catalog = try TestCatalog.small()
        let busy = PodInjector(catalog: catalog)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2 {
            for pod in Self.pods.shuffled(using: &random) {
                let fresh = try PodInjector(catalog: catalog).decide(pod)
                let remembered = try busy.decide(pod)
                #expect(remembered.patch == fresh.patch)
                #expect(remembered.decision.reason == fresh.decision.reason)
                #expect(remembered.warnings == fresh.warnings)
            }
        }
    }

    @Test("sidecars with files of many kilobytes are remembered up to a limit and rendered alike")
    func large() throws {
        let text = String(repeating: "x", count: 60_000)
        let catalog = try TestCatalog.yaml(
            """
            apiVersion: pillion.dev/v1
            kind: Catalog
            metadata: {name: large}
            spec: {phases: [telemetry]}
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: logs}
            spec:
              phase: telemetry
              versions:
                1.0.0:
                  parameters: {path: {type: path, default: /var/log}}
                  container: {image: "registry.example/logs:1.0.0"}
                  files: {/etc/logs/logs.conf: {text: "$(params.path) \(text)"}}
            """
        )
        let busy = PodInjector(catalog: catalog)
        for round in 0..<2 {
            for number in 0..<40 {
                let pod = TestPod.asking("logs", ["logs.pillion.dev/path": "/var/log/\(number)"])
                let outcome = try busy.decide(pod)
                #expect(outcome.pod.annotation("pillion.dev/file.logs.0") == "/var/log/\(number) \(text)", "\(round)")
            }
        }
    }
}
