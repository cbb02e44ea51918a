import Injection
import JSON
import Kubernetes

/// A pod in a picture: its containers from top to bottom as they start, the volumes that they share as lanes beside
/// them, and below what the pod is to the scheduler.
struct PodPanel {
    /// How wide a panel is.
    static let width = 424
    /// How many containers are drawn; of more only their number is said.
    private static let maximumCards = 40
    /// From how many containers on each takes a single line.
    private static let compactFrom = 15
    private static let laneWidth = 14
    /// How many ports of a container are named.
    private static let maximumPorts = 3
    /// How many containers that stop together are named.
    private static let maximumTogether = 3
    private static let timeline = 24
    private static let cardLeft = 44

    private let pod: PodSummary
    private let old: PodSummary?
    private let receipts: [String: String]
    private let frame: Frame
    private let volumes: [VolumeLane]
    private let hiddenVolumes: Int
    private var cards: [(index: Int, frame: Frame)] = []
    private var drawing = SVGDrawing()
    private var bottom: Int

    /// Draws a pod.
    ///
    /// - Parameters:
    ///   - pod: The pod.
    ///   - old: The pod with which it is compared, so that what is new is marked; nil to mark nothing.
    ///   - receipts: What containers of the application receive, by their names.
    ///   - place: The upper left corner.
    /// - Returns: The drawing without a frame, and how high it is.
    static func draw(
        _ pod: PodSummary,
        old: PodSummary? = nil,
        receipts: [String: String] = [:],
        at place: (x: Int, y: Int)
    ) -> (drawing: SVGDrawing, height: Int) {
        var panel = PodPanel(pod, old: old, receipts: receipts, at: place)
        panel.placeCards()
        panel.drawLanes()
        panel.drawCards()
        panel.drawLegend()
        panel.drawFacts()
        return (panel.drawing, panel.bottom - place.y + 12)
    }

    private init(_ pod: PodSummary, old: PodSummary?, receipts: [String: String], at place: (x: Int, y: Int)) {
        self.pod = pod
        self.old = old
        self.receipts = receipts
        frame = Frame(x: place.x, y: place.y, width: Self.width, height: 0)
        (volumes, hiddenVolumes) = VolumeLane.lanes(of: pod, old: old)
        bottom = place.y + 14
    }

    private var isCompact: Bool { pod.startOrder.count >= Self.compactFrom }

    private func isNew(_ step: PodSummary.Step) -> Bool {
        old.map { old in !old.startOrder.contains { $0.name == step.name } } ?? false
    }

    /// Chooses the containers to be drawn, the new ones before all others, and gives each its place.
    private mutating func placeCards() {
        let all = pod.startOrder.indices
        let new = all.filter { isNew(pod.startOrder[$0]) }.prefix(Self.maximumCards)
        let others = all.filter { !isNew(pod.startOrder[$0]) }.prefix(Self.maximumCards - new.count)
        let room = volumes.map { 26 + $0.lane * Self.laneWidth }.max() ?? 0
        for index in (new + others).sorted() {
            let step = pod.startOrder[index]
            let height = isCompact ? 26 : receipts[step.name] == nil ? 44 : 60
            let width = Self.width - Self.cardLeft - 14 - room
            cards.append((index, Frame(x: frame.x + Self.cardLeft, y: bottom, width: width, height: height)))
            bottom += height + 8
        }
    }

    /// A lane a volume, from the first to the last container that mounts it, with a stop at each.
    private mutating func drawLanes() {
        var dots: [(x: Int, y: Int, style: String)] = []
        for volume in volumes {
            let stops = cards.filter { volume.volume.users.contains($0.index) }.map(\.frame)
            guard let first = stops.first, let last = stops.last else { continue }
            let x = first.right + 16 + volume.lane * Self.laneWidth
            for stop in stops {
                let y = middle(stop)
                drawing.line(from: (stop.right, y), to: (x, y), "lane stroke\(volume.colour)")
                dots.append((x, y, "fill\(volume.colour)"))
            }
            drawing.line(from: (x, middle(first)), to: (x, middle(last)), "lane stroke\(volume.colour)")
        }
        // Above all lines, so that a line that crosses hides no stop.
        for dot in dots { drawing.circle(at: (dot.x, dot.y), radius: 4, dot.style) }
    }

    private mutating func drawCards() {
        let x = frame.x + Self.timeline
        if let first = cards.first, let last = cards.last, cards.count > 1 {
            drawing.line(from: (x, middle(first.frame)), to: (x, middle(last.frame)), "timeline")
        }
        // The containers of the application start together, hence with one number.
        let together = pod.startOrder.firstIndex { $0.role == .container } ?? 0
        for (index, frame) in cards {
            let step = pod.startOrder[index]
            drawing.circle(at: (x, middle(frame)), radius: 9, isNew(step) ? "bar" : "step")
            let number = step.role == .container ? together + 1 : index + 1
            drawing.text(String(number), x: x, y: middle(frame) + 4, "number", .middle)
            draw(step, in: frame)
        }
        let missing = pod.startOrder.count - cards.count
        guard missing > 0 else { return }
        drawing.text("and \(missing) more containers", x: frame.x + Self.cardLeft, y: bottom + 10, "muted")
        bottom += 22
    }

    private mutating func draw(_ step: PodSummary.Step, in frame: Frame) {
        let isNew = isNew(step)
        drawing.rectangle(frame, radius: 6, isNew ? "card added" : "card")
        let role = Self.role(step) + (isNew ? " · new" : "")
        let roleWidth = TextMeasure.width(role, .init(11))
        drawing.text(role, x: frame.right - 10, y: frame.y + 18, isNew ? "small good" : "small muted", .end)
        let room = frame.width - 30 - roleWidth
        let font = TextMeasure.Font(13, isBold: true)
        let name = TextMeasure.elide((isNew ? "+ " : "") + step.name, to: room, font)
        drawing.text(name, x: frame.x + 10, y: frame.y + 18, "name")
        let used = TextMeasure.width(name, font)
        drawPorts(of: step, x: frame.x + used + 18, y: frame.y + 6, room: room - used - 8)
        guard !isCompact else { return }
        drawing.text(Self.image(step.image, frame.width - 20), x: frame.x + 10, y: frame.y + 35, "code muted")
        guard let receipt = receipts[step.name] else { return }
        let text = TextMeasure.elide("+ \(receipt)", to: frame.width - 20, .init(11))
        drawing.text(text, x: frame.x + 10, y: frame.y + 52, "small good")
    }

    /// The height at which a card meets its number and its lanes.
    private func middle(_ card: Frame) -> Int { card.y + min(22, card.height / 2) }

    private static func role(_ step: PodSummary.Step) -> String {
        switch step.role {
        case .initContainer: "init container"
        case .nativeSidecar: "native sidecar"
        case .container: "container"
        }
    }

    /// As many ports as there is room for, in a chip.
    private mutating func drawPorts(of step: PodSummary.Step, x: Int, y: Int, room: Int) {
        for count in stride(from: min(step.ports.count, Self.maximumPorts), to: 0, by: -1) {
            let more = step.ports.count > count ? " +\(step.ports.count - count)" : ""
            let text = step.ports.prefix(count).map { ":\($0)" }.joined(separator: " ") + more
            let width = Int(Double(text.count) * Self.codeWidth) + 14
            guard width <= room else { continue }
            drawing.rectangle(Frame(x: x, y: y, width: width, height: 16), radius: 8, "chip")
            return drawing.text(text, x: x + width / 2, y: y + 12, "code", .middle)
        }
    }

    /// An image that fits: a digest is cut, then the registry, so that what tells images apart stays.
    private static func image(_ image: String, _ room: Int) -> String {
        let columns = Int(Double(room) / codeWidth)
        var image = Excerpt.cut(image, to: 400)
        if let at = image.firstIndex(of: "@"), image.count > columns {
            image = image[..<at] + image[at...].prefix(20) + "…"
        }
        return image.count > columns ? "…" + image.suffix(max(0, columns - 1)) : image
    }

    /// The width of a letter of code, which are all as wide.
    private static let codeWidth = 6.5
}

extension PodPanel {
    /// The names of the shared volumes with those who mount them.
    private mutating func drawLegend() {
        guard !volumes.isEmpty else { return }
        bottom += 8
        drawing.text("shared volumes", x: frame.x + 16, y: bottom + 8, "small muted")
        bottom += 18
        let known = Set((old?.startOrder ?? []).flatMap(\.volumes))
        for shown in volumes {
            let volume = shown.volume
            drawing.circle(at: (frame.x + 24, bottom + 8), radius: 4, "fill\(shown.colour)")
            let isNew = old != nil && !known.contains(volume.name)
            let name = TextMeasure.elide((isNew ? "+ " : "") + volume.name, to: 156, .init(11, isBold: true))
            drawing.text(name, x: frame.x + Self.cardLeft, y: bottom + 12, isNew ? "small strong good" : "small strong")
            let users = volume.users.prefix(20).map { pod.startOrder[$0].name }.joined(separator: ", ")
            let text = TextMeasure.elide("in \(users)", to: Self.width - 222, .init(11))
            drawing.text(text, x: frame.x + 208, y: bottom + 12, "small muted")
            bottom += 18
        }
        guard hiddenVolumes > 0 else { return }
        drawing.text("and \(hiddenVolumes) more", x: frame.x + Self.cardLeft, y: bottom + 12, "small muted")
        bottom += 18
    }

    /// What the pod is to the scheduler, the kubelet and Pod Security admission.
    private mutating func drawFacts() {
        bottom += 6
        drawing.line(from: (frame.x + 14, bottom), to: (frame.right - 14, bottom), "rule")
        bottom += 4
        let stop = pod.stopOrder.prefix(Self.maximumCards).map { group in
            group.count > Self.maximumTogether ? "\(group.count) containers" : group.joined(separator: " + ")
        }
        fact("stop order", stop.joined(separator: " → "), isNew: false)
        let before = old.map { ResourceChange.lines($0.resources) } ?? [:]
        for (label, text) in ResourceChange.lines(pod.resources).sorted(by: { $0.key < $1.key }).prefix(8) {
            fact(label, text, isNew: old != nil && before[label] != text)
        }
        fact("QoS class", pod.quality.rawValue, isNew: old.map { $0.quality != pod.quality } ?? false)
        let level = pod.security.level
        fact("Pod Security", level.rawValue, isNew: old.map { $0.security.level != level } ?? false)
    }

    private mutating func fact(_ label: String, _ text: String, isNew: Bool) {
        drawing.text(TextMeasure.elide(label, to: 90, .init(11)), x: frame.x + 16, y: bottom + 14, "small muted")
        let text = TextMeasure.elide(text, to: Self.width - 136, .init(12, isBold: isNew))
        drawing.text(text, x: frame.x + 116, y: bottom + 14, isNew ? "strong good" : "")
        bottom += 19
    }
}
