import Injection
import JSON

/// Holds an injected pod against the pod as it came: what was there stands where it stood, and all else is declared.
struct AdditionCheck {
    private let entries: [SidecarEntry]
    private(set) var problems: [String] = []

    /// Annotations that Pillion writes for itself.
    private static let own = [
        "pillion.dev/status", "kubectl.kubernetes.io/default-container",
        "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes",
    ]

    init(_ entries: [SidecarEntry]) {
        self.entries = entries
    }

    /// Notes every difference between the pods that nothing declares.
    mutating func compare(_ before: JSONValue, _ after: JSONValue) {
        same(before, after, besides: ["metadata", "spec"], "/")
        same(before["metadata"], after["metadata"], besides: ["annotations", "labels"], "/metadata")
        pairs("annotations", before, after)
        pairs("labels", before, after)
        same(
            before["spec"],
            after["spec"],
            besides: ["initContainers", "containers", "volumes", "imagePullSecrets"],
            "/spec"
        )
        for list in ["initContainers", "containers"] { containers(list, before, after) }
        added("/spec/volumes", before["spec"]?["volumes"], after["spec"]?["volumes"]) { [entries] volume in
            entries.contains { $0.hasVolume(volume["name"]?.string ?? "") }
        }
        added("/spec/imagePullSecrets", before["spec"]?["imagePullSecrets"], after["spec"]?["imagePullSecrets"]) {
            [entries] _ in
            entries.contains { $0.version["pod"]?["imagePullSecrets"]?.array?.isEmpty == false }
        }
    }

    private mutating func same(_ before: JSONValue?, _ after: JSONValue?, besides open: [String], _ place: String) {
        let left = before?.object?.members.filter { !open.contains($0.key) } ?? []
        let right = after?.object?.members.filter { !open.contains($0.key) } ?? []
        if left.map(\.key) != right.map(\.key) || left.map(\.value) != right.map(\.value) {
            problems.append("\(place) changed")
        }
    }

    private mutating func pairs(_ map: String, _ before: JSONValue, _ after: JSONValue) {
        let (left, right) = (before["metadata"]?[map], after["metadata"]?[map])
        if right == nil || right?.object == nil {
            if left != right { problems.append("\(map) are gone") }
            return
        }
        for member in left?.object?.members ?? [] where right?[member.key] != member.value {
            let isExtended =
                Self.own.contains(member.key)
                && (right?[member.key]?.string ?? "").hasPrefix(member.value.string ?? "x")
            if !isExtended, member.key != "pillion.dev/status" { problems.append("\(map)/\(member.key) changed") }
        }
        for member in right?.object?.members ?? [] where left?[member.key] == nil {
            let isDeclared =
                map == "labels"
                ? entries.contains { $0.version["pod"]?["labels"]?[member.key] != nil }
                : Self.own.contains(member.key) || entries.contains { $0.hasAnnotation(member.key) }
            if !isDeclared { problems.append("\(map)/\(member.key) was added") }
        }
    }

    /// Checks that a list has its own elements in their order, and otherwise only such as are allowed.
    private mutating func added(
        _ place: String,
        _ before: JSONValue?,
        _ after: JSONValue?,
        own: (JSONValue, JSONValue) -> Bool = { $0 == $1 },
        allowed: (JSONValue) -> Bool
    ) {
        guard let elements = after?.array else {
            if before != after { problems.append("\(place) is gone") }
            return
        }
        var waiting = (before?.array ?? [])[...]
        for element in elements {
            if let next = waiting.first, own(next, element) {
                waiting = waiting.dropFirst()
            } else if !allowed(element) {
                problems.append("\(place) has \(element["name"]?.string ?? "?")")
            }
        }
        if !waiting.isEmpty { problems.append("\(place) lost or moved elements") }
    }

    private mutating func containers(_ list: String, _ before: JSONValue, _ after: JSONValue) {
        let (left, right) = (before["spec"]?[list], after["spec"]?[list])
        added("/spec/\(list)", left, right) {
            $0["name"] == $1["name"]
        } allowed: { [entries] container in
            entries.contains { $0.containers[container["name"]?.string ?? ""] != nil }
        }
        for container in left?.array ?? [] {
            guard let now = right?.array?.first(where: { $0["name"] == container["name"] }) else { continue }
            let place = "/spec/\(list)/\(container["name"]?.string ?? "?")"
            same(container, now, besides: ["env", "volumeMounts"], place)
            added("\(place)/env", container["env"], now["env"]) { [entries] variable in
                entries.contains { $0.appVariable(variable["name"]?.string ?? "") != nil }
            }
            added("\(place)/volumeMounts", container["volumeMounts"], now["volumeMounts"]) { [entries] mount in
                entries.contains { !$0.appMounts(of: mount["name"]?.string ?? "").isEmpty }
            }
        }
    }
}
