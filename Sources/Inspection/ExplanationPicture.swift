import Injection
import JSON

/// The pods of workloads before and after as one picture in SVG, for a pull request or a page.
///
/// The picture has no script and fetches nothing, is legible on light and on dark screens, and stays below a few
/// hundred kilobytes however many containers and workloads there are.
package struct ExplanationPicture {
    /// How many workloads are drawn; of more only their number is said.
    private static let maximumWorkloads = 20
    /// How many sidecars of a workload are told of.
    private static let maximumSidecars = 24
    private static let margin = 20
    private static let width = 2 * (margin + PodPanel.width) + margin

    private let workload: ExplainedWorkload
    private var drawing = SVGDrawing()
    private var bottom = margin

    /// The picture of workloads, one below the other; it ends with a line feed.
    package static func svg(_ workloads: [ExplainedWorkload]) -> String {
        var whole = SVGDrawing()
        var height = 0
        for (index, workload) in workloads.prefix(maximumWorkloads).enumerated() {
            var picture = ExplanationPicture(workload: workload)
            picture.draw()
            whole.add(picture.drawing, y: height, label: workload.title)
            height += picture.bottom
            guard index < workloads.count - 1 else { continue }
            whole.line(from: (margin, height), to: (width - margin, height), "rule")
        }
        if workloads.count > maximumWorkloads || workloads.isEmpty {
            let more = workloads.isEmpty ? "no pods" : "and \(workloads.count - maximumWorkloads) more workloads"
            whole.text(more, x: margin, y: height + 24, "muted")
            height += 40
        }
        let sentences = workloads.prefix(maximumWorkloads).map(description)
        return whole.document(
            width: width,
            height: height,
            title: workloads.count == 1 ? workloads.map(\.title).joined() : "\(workloads.count) workloads",
            description: sentences.joined(separator: " "),
            style: PictureStyle.sheet
        )
    }

    private init(workload: ExplainedWorkload) {
        self.workload = workload
    }

    /// What the picture shows, in words.
    private static func description(_ workload: ExplainedWorkload) -> String {
        let (outcome, after) = (workload.explanation.outcome, workload.explanation.after)
        let order = after.startOrder.prefix(40).map { Excerpt.cut($0.name, to: 63) }.joined(separator: ", ")
        let message = Excerpt.cut(outcome.decision.reason.message, to: 300)
        return "\(workload.title): \(outcome.decision.name), \(message). Containers in start order: \(order)."
    }

    private mutating func draw() {
        drawHeader()
        drawPods()
        for sidecar in workload.explanation.sidecars.prefix(Self.maximumSidecars) { draw(sidecar) }
        let missing = workload.explanation.sidecars.count - Self.maximumSidecars
        if missing > 0 {
            drawing.text("and \(missing) more sidecars", x: Self.margin, y: bottom + 14, "muted")
            bottom += 22
        }
        bottom += 14
    }

    private mutating func drawHeader() {
        let decision = workload.explanation.outcome.decision
        let badge = "\(decision.name): \(decision.reason.code.rawValue)"
        let badgeWidth = TextMeasure.width(badge, .init(12, isBold: true)) + 24
        let right = Self.width - Self.margin
        let isDenied = decision.name == "deny"
        let style = isDenied ? "alert" : decision.name == "inject" ? "added" : "chip"
        let frame = Frame(x: right - badgeWidth, y: bottom, width: badgeWidth, height: 26)
        drawing.rectangle(frame, radius: 13, style)
        let badgeText = isDenied ? "strong bad" : decision.name == "inject" ? "strong good" : "strong muted"
        drawing.text(badge, x: right - badgeWidth / 2, y: bottom + 17, badgeText, .middle)
        let room = Self.width - 3 * Self.margin - badgeWidth
        drawing.text(
            TextMeasure.elide(workload.title, to: room, .init(17, isBold: true)),
            x: Self.margin,
            y: bottom + 17,
            "title"
        )
        let place = workload.place.map { " · \($0)" } ?? ""
        let line = TextMeasure.elide("namespace \(workload.namespace)\(place)", to: room, .init(12))
        drawing.text(line, x: Self.margin, y: bottom + 36, "muted")
        bottom += 46
        write(decision.reason.message, isDenied ? "bad" : "", lines: isDenied ? 4 : 2)
        let remedies = workload.explanation.problems.prefix(8).compactMap(\.code.remedy)
        for advice in remedies + workload.explanation.hints.prefix(4) { write("→ \(advice)", "", lines: 2) }
        for warning in workload.warnings.prefix(4) { write("warning: \(warning.text)", "warning", lines: 2) }
    }

    private mutating func drawPods() {
        bottom += 32
        let explanation = workload.explanation
        let second = (x: 2 * Self.margin + PodPanel.width, y: bottom)
        let before = PodPanel.draw(explanation.before, at: (Self.margin, bottom))
        var height = before.height
        if explanation.outcome.decision.name == "inject" {
            let receipts = Self.receipts(explanation.sidecars.compactMap(\.additions))
            let after = PodPanel.draw(explanation.after, old: explanation.before, receipts: receipts, at: second)
            height = max(height, after.height)
            drawFrame("after", x: second.x, height: height, "panel")
            drawing.add(after.drawing, y: 0, label: "The pod after")
        } else {
            let isDenied = explanation.outcome.decision.name == "deny"
            drawFrame("after", x: second.x, height: height, "panel absent")
            let text = isDenied ? "no pod: it is denied" : "the same pod"
            let style = isDenied ? "strong bad" : "strong muted"
            drawing.text(text, x: second.x + PodPanel.width / 2, y: bottom + height / 2 + 4, style, .middle)
        }
        drawFrame("before", x: Self.margin, height: height, "panel")
        drawing.add(before.drawing, y: 0, label: "The pod before")
        bottom += height + 14
    }

    private mutating func drawFrame(_ title: String, x: Int, height: Int, _ style: String) {
        drawing.text(title.uppercased(), x: x + 4, y: bottom - 8, "heading muted")
        drawing.rectangle(Frame(x: x, y: bottom, width: PodPanel.width, height: height), radius: 10, style)
    }

    private mutating func draw(_ sidecar: SidecarExplanation) {
        let isBad = [.blocked, .unknown].contains(sidecar.state)
        let isNew = sidecar.state == .added
        drawing.circle(at: (Self.margin + 6, bottom + 10), radius: 4, isBad ? "bad" : isNew ? "bar" : "step")
        let version = sidecar.version.map { " \($0)" } ?? ""
        let font = TextMeasure.Font(13, isBold: true)
        let name = TextMeasure.elide(sidecar.name + version, to: 320, font)
        drawing.text(name, x: Self.margin + 20, y: bottom + 14, "name")
        let x = Self.margin + 32 + TextMeasure.width(name, font)
        let state = sidecar.stateText
        drawing.text(state, x: x, y: bottom + 14, isBad ? "bad" : isNew ? "good" : "muted")
        bottom += 22
        let choice = sidecar.choiceText.map { " · version: \($0)" } ?? ""
        let settings = sidecar.settings.filter { $0.source == .annotation }.prefix(12).map { setting in
            " · \(setting.name) = \(Excerpt.cut(setting.value ?? "", to: 60))"
        }
        write("asked for by \(sidecar.askerText)\(choice)\(settings.joined())", "small muted", indent: 20, lines: 2)
        for objection in sidecar.objections.prefix(8) {
            write(objection.message, "small bad", indent: 20, lines: 3)
            if let remedy = objection.code.remedy { write("→ \(remedy)", "small", indent: 20, lines: 2) }
        }
        bottom += 4
    }

    private mutating func write(_ text: String, _ style: String, indent: Int = 0, lines: Int) {
        let room = Self.width - 2 * Self.margin - indent
        for line in TextMeasure.wrap(text, to: room, lines: lines, .init(style.contains("small") ? 11 : 12)) {
            drawing.text(line, x: Self.margin + indent, y: bottom + 12, style)
            bottom += 17
        }
    }

    /// What the containers of the application receive from sidecars, by their names.
    private static func receipts(_ additions: [SidecarExplanation.Additions]) -> [String: String] {
        var receipts: [String: [String]] = [:]
        for group in additions.flatMap({ $0.mounts + $0.environment }) {
            receipts[group.container, default: []] += group.names
        }
        return receipts.mapValues { $0.joined(separator: ", ") }
    }
}
