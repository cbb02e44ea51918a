import Injection
import JSON
import Reports
import Testing

@testable import Inspection

@Suite("Printed explanations")
struct ExplanationPrintingTests {
    private func workload(_ pod: JSONValue, name: String = "web") throws -> ExplainedWorkload {
        ExplainedWorkload(
            place: "web.yaml:1",
            kind: "Deployment",
            name: name,
            namespace: "shop",
            explanation: try Sample.explain(pod)
        )
    }

    @Test("the text has a line for each thing there is to say")
    func text() throws {
        let text = ExplanationText.text(
            try workload(Sample.asking("logs", ["logs.pillion.dev/level": "debug"]))
        )
        for line in [
            "web.yaml:1: Deployment/web in shop: inject (injected)",
            "  logs 1.0.0: added",
            "asked for by     the pod's annotation",
            "version by       the channel stable, since no version is named",
            "parameters       path = /var/log/app (default)",
            "level = debug (annotation logs.pillion.dev/level)",
            "user = 8080 (taken from the pod)",
            "mounts: /var/log/app in app",
            "variables: LOG_PATH in app",
            "needs            Secret logs-debug in shop",
            "start order        logs (sidecar) -> app",
            "stop order         app -> logs",
            "requests cpu       none -> 100m",
            "quality of service BestEffort -> Burstable",
        ] {
            #expect(text.contains(line), "\(line) is missing in:\n\(text)")
        }
    }

    @Test("colours mark what matters and change nothing else")
    func coloured() throws {
        let workload = try workload(Sample.asking("lgos"))
        let coloured = ExplanationText.text(workload, style: TextStyle(isColored: true))
        #expect(coloured.contains("\u{1B}[1;31min the way\u{1B}[0m"))
        #expect(coloured.replacing(#/\x1B\[[0-9;]*m/#, with: "") == ExplanationText.text(workload))
    }

    @Test("a denied pod says what is in the way and what to do")
    func denied() throws {
        let text = ExplanationText.text(try workload(Sample.asking("lgos")))
        #expect(text.contains("deny (unknown-sidecar)"))
        #expect(text.contains("did you mean"))
        #expect(
            text.contains("\n  what to do         Correct the name; `pillion catalog list` prints those there are.\n")
        )
    }

    @Test("control characters of names do not reach a terminal")
    func control() throws {
        let text = ExplanationText.text(try workload(Sample.pod(), name: "we\u{1B}[2Jb"))
        #expect(!text.contains("\u{1B}"))
    }

    @Test("the JSON says the same")
    func json() throws {
        let value = ExplanationJSON.value([try workload(Sample.asking("web"))])
        #expect(value[0]?["decision"] == "inject")
        #expect(value[0]?["sidecars"]?[1]?["name"] == "logs")
        #expect(value[0]?["sidecars"]?[1]?["askedBy"] == ["annotation": true, "bundle": "web"])
        #expect(value[0]?["after"]?["stopOrder"] == [["app"], ["logs"], ["proxy"]])
        #expect(value[0]?["after"]?["qosClass"] == "Burstable")
    }

    @Test("the flowchart has both pods, the shared volume and quotes that cannot end a label")
    func mermaid() throws {
        let pod = Sample.pod(
            ["pillion.dev/inject": "logs"],
            spec: ["containers": [["name": "a\"]b", "image": "x", "ports": [["containerPort": 8080]]]]]
        )
        let text = ExplanationDiagram.mermaid(try workload(pod))
        #expect(text.hasPrefix("flowchart TB\n"))
        #expect(text.contains("subgraph before[\"before: BestEffort"))
        #expect(text.contains("after0[\"logs<br/>sidecar\"]:::added"))
        #expect(text.contains("after0 --> after1"))
        #expect(text.contains("after1 -.- afterv0"))
        #expect(text.contains("a#quot;]b"))
    }
}
