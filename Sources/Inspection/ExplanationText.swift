import Injection
import JSON
import Kubernetes
package import Reports

/// An explanation for a person to read.
package struct ExplanationText {
    /// How wide the column of labels is.
    private static let labelWidth = 17
    /// The labels that a reader should not miss.
    private static let marks: [String: TextStyle.Mark] = [
        "in the way": .error, "what to do": .strong, "warning": .warning,
    ]

    private let workload: ExplainedWorkload
    private let style: TextStyle
    private var lines: [String] = []

    /// The text of a workload's explanation; it ends with a line feed.
    package static func text(
        _ workload: ExplainedWorkload,
        style: TextStyle = TextStyle(isColored: false)
    ) -> String {
        var text = ExplanationText(workload: workload, style: style)
        text.writeDecision()
        for sidecar in workload.explanation.sidecars { text.write(sidecar) }
        text.writePod()
        return text.lines.joined(separator: "\n") + "\n"
    }

    private init(workload: ExplainedWorkload, style: TextStyle) {
        self.workload = workload
        self.style = style
    }

    private mutating func writeDecision() {
        let (outcome, reason) = (workload.explanation.outcome, workload.explanation.outcome.decision.reason)
        let place = workload.place.map { "\($0): " } ?? ""
        let namespace = Excerpt.cut(workload.namespace, to: 63)
        let decision = style.marked("\(outcome.decision.name) (\(reason.code.rawValue))", mark(outcome.decision))
        lines.append("\(place)\(style.marked(workload.title, .strong)) in \(namespace): \(decision)")
        write("  ", "decision", reason.code.sentence)
        if workload.explanation.sidecars.isEmpty, workload.explanation.problems.isEmpty,
            reason.message != reason.code.sentence
        {
            write("  ", "because", reason.message)
        }
        for problem in workload.explanation.problems {
            write("  ", "in the way", Self.problem(problem))
            if let remedy = problem.code.remedy { write("  ", "what to do", remedy) }
        }
        if case .skip = outcome.decision, let remedy = reason.code.remedy { write("  ", "what to do", remedy) }
        for hint in workload.explanation.hints { write("  ", "near", hint) }
        for warning in workload.warnings { write("  ", "warning", "\(warning.text) (\(warning.code.rawValue))") }
    }

    private mutating func write(_ sidecar: SidecarExplanation) {
        let version = sidecar.version.map { " \($0)" } ?? ""
        lines.append("")
        let name = style.marked("\(Excerpt.cut(sidecar.name, to: 63))\(version)", .strong)
        lines.append("  \(name): \(style.marked(sidecar.stateText, mark(sidecar.state)))")
        write("asked for by", sidecar.askerText)
        if let choice = sidecar.choiceText { write("version by", choice) }
        for objection in sidecar.objections {
            write("in the way", Self.problem(objection))
            if let remedy = objection.code.remedy { write("what to do", remedy) }
        }
        for (index, setting) in sidecar.settings.enumerated() {
            let value = setting.value.map { " = \(Excerpt.cut($0, to: 80))" } ?? ""
            write(index == 0 ? "parameters" : "", "\(setting.name)\(value) (\(setting.sourceText))")
        }
        writeOrder(sidecar)
        for (index, kind) in (sidecar.additions?.kinds ?? []).enumerated() {
            write(index == 0 ? "brings" : "", "\(kind.label): \(kind.names.joined(separator: ", "))")
        }
        let needs = sidecar.requirements
        for name in needs.configMaps { write("needs", "ConfigMap \(name) in \(workload.namespace)") }
        for name in needs.secrets { write("needs", "Secret \(name) in \(workload.namespace)") }
        if needs.serviceAccountToken { write("needs", "the token of the pod's service account") }
    }

    private mutating func writeOrder(_ sidecar: SidecarExplanation) {
        let summary = workload.explanation.after
        guard sidecar.additions != nil,
            let start = summary.startOrder.firstIndex(where: { $0.name == sidecar.name }),
            let stop = summary.stopOrder.firstIndex(where: { $0.contains(sidecar.name) })
        else { return }
        let phase = sidecar.phase.map { " (phase \($0))" } ?? ""
        write("starts", "\(start + 1) of \(summary.startOrder.count)\(phase)")
        write("stops", "\(stop + 1) of \(summary.stopOrder.count)")
    }

    private mutating func writePod() {
        let (before, after) = (workload.explanation.before, workload.explanation.after)
        lines.append("")
        let steps = after.startOrder.map { step in
            "\(Excerpt.cut(step.name, to: 63))\(step.role == .container ? "" : " (\(step.role.rawValue))")"
        }
        write("  ", "start order", steps.joined(separator: " -> "))
        let groups = after.stopOrder.map { $0.map { Excerpt.cut($0, to: 63) }.joined(separator: " + ") }
        write("  ", "stop order", groups.joined(separator: " -> "))
        for (label, old, new) in ResourceChange.rows(before.resources, after.resources) {
            write("  ", label, Self.change(old, new))
        }
        write("  ", "quality of service", Self.change(before.quality.rawValue, after.quality.rawValue))
        write("  ", "pod security", Self.change(before.security.level.rawValue, after.security.level.rawValue))
        let old = Set(before.security.findings.map(\.what))
        for finding in after.security.findings where !old.contains(finding.what) {
            write("  ", "", "\(finding.what): \(finding.fix)")
        }
    }

    private mutating func write(_ label: String, _ text: String) {
        write("    ", label, text)
    }

    private mutating func write(_ indent: String, _ label: String, _ text: String) {
        let padding = String(repeating: " ", count: max(1, Self.labelWidth + 4 - indent.count - label.count))
        lines.append("\(indent)\(style.marked(label, Self.marks[label] ?? .faint))\(padding)\(text)")
    }

    private func mark(_ decision: InjectionDecision) -> TextStyle.Mark {
        switch decision {
        case .inject: .addition
        case .skip: .strong
        case .deny: .error
        }
    }

    private func mark(_ state: SidecarExplanation.State) -> TextStyle.Mark {
        switch state {
        case .added: .addition
        case .present, .leftOut, .withheld: .faint
        case .outdated, .unknownVersion: .warning
        case .blocked, .unknown: .error
        }
    }

    private static func change(_ old: String, _ new: String) -> String {
        old == new ? old : "\(old) -> \(new)"
    }

    /// A reason with what to do about it, which its message says; the sentence stands where the message does not.
    private static func problem(_ reason: Reason) -> String {
        "\(reason.message) (\(reason.code.rawValue))"
    }
}
