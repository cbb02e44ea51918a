import Injection
import JSON
import Kubernetes

/// The pod before and after as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html), which Git hosts draw
/// in a pull request.
///
/// Arrows are the start order; dotted lines are the volumes that containers share; what is new is marked.
package struct ExplanationDiagram {
    private var lines: [String] = []

    /// The flowchart of a workload; it ends with a line feed.
    package static func mermaid(_ workload: ExplainedWorkload) -> String {
        let explanation = workload.explanation
        var diagram = ExplanationDiagram()
        diagram.lines = ["flowchart TB", "  %% \(workload.title)"]
        diagram.draw(explanation.before, id: "before", title: "before", old: explanation.before)
        diagram.draw(explanation.after, id: "after", title: "after", old: explanation.before)
        diagram.lines.append("  classDef added stroke-width:3px,stroke:#2da44e")
        return diagram.lines.joined(separator: "\n") + "\n"
    }

    private mutating func draw(_ pod: PodSummary, id: String, title: String, old: PodSummary) {
        lines.append("  subgraph \(id)[\"\(title): \(pod.quality.rawValue), \(pod.security.level.rawValue)\"]")
        lines.append("    direction LR")
        let known = Set(old.startOrder.map(\.name))
        for (index, step) in pod.startOrder.enumerated() {
            let ports = step.ports.isEmpty ? "" : "<br/>:\(step.ports.map(String.init).joined(separator: " :"))"
            let role = step.role == .container ? "" : "<br/>\(step.role.rawValue)"
            let mark = known.contains(step.name) ? "" : ":::added"
            lines.append("    \(id)\(index)[\"\(Self.label(step.name))\(role)\(ports)\"]\(mark)")
        }
        drawOrder(pod, id: id)
        drawVolumes(pod, id: id)
        lines.append("  end")
    }

    private mutating func drawOrder(_ pod: PodSummary, id: String) {
        let ordered = pod.startOrder.indices.filter { pod.startOrder[$0].role != .container }
        for (first, second) in zip(ordered, ordered.dropFirst()) {
            lines.append("    \(id)\(first) --> \(id)\(second)")
        }
        guard let last = ordered.last else { return }
        for index in pod.startOrder.indices where pod.startOrder[index].role == .container {
            lines.append("    \(id)\(last) --> \(id)\(index)")
        }
    }

    private mutating func drawVolumes(_ pod: PodSummary, id: String) {
        for (index, volume) in SharedVolume.all(in: pod).enumerated() {
            lines.append("    \(id)v\(index)[(\"\(Self.label(volume.name))\")]")
            for step in volume.users { lines.append("    \(id)\(step) -.- \(id)v\(index)") }
        }
    }

    /// A name inside the quotes of a label.
    private static func label(_ name: String) -> String {
        Excerpt.cut(name, to: 63).reduce(into: "") { text, character in
            switch character {
            case "\"": text += "#quot;"
            case "<": text += "#lt;"
            case ">": text += "#gt;"
            case "#": text += "#35;"
            case "&": text += "#amp;"
            // A label that begins with a backtick would be read as Markdown.
            case "`": text += "#96;"
            default: text.append(character)
            }
        }
    }
}
