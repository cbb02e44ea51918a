import JSON
import Manifests

/// Compares two pods that differ in the value of one parameter: only what refers to it may differ.
struct ReachCheck {
    let entry: SidecarEntry
    let parameter: String

    private var reach: DeclaredReach { DeclaredReach(parameter: parameter) }

    /// The differences that the catalog does not open for the parameter.
    func problems(_ one: JSONValue, _ other: JSONValue) -> [String] {
        TreeDifference.places(one, other).filter { !isOpen($0, one, other) }.map { $0.joined(separator: "/") }
    }

    private func isOpen(_ place: [String], _ one: JSONValue, _ other: JSONValue) -> Bool {
        switch (place.first, place.dropFirst().first) {
        case ("metadata", "annotations"):
            guard place.count == 3 else { return false }
            return isOpen(annotation: place[2], one, other)
        case ("metadata", "labels"):
            return reach.includes(place.dropFirst(2), in: entry.version["pod"]?["labels"] ?? .null)
        case ("spec", "initContainers"), ("spec", "containers"):
            return isOpenContainer(place, one)
        case ("spec", "volumes"):
            let volume = element(place, one).flatMap { $0["name"]?.string }.flatMap { entry.volumes[$0] }
            return volume.map { reach.includes(place.dropFirst(3), in: $0) } ?? false
        case ("spec", "imagePullSecrets"):
            return reach.isAnywhere(in: entry.version["pod"]?["imagePullSecrets"] ?? .null)
        default:
            return false
        }
    }

    /// The element of a list below `spec` that a place lies in.
    private func element(_ place: [String], _ pod: JSONValue) -> JSONValue? {
        guard place.count > 2, let index = Int(place[2]) else { return nil }
        return pod["spec"]?[place[1]]?[index]
    }

    private func isOpenContainer(_ place: [String], _ pod: JSONValue) -> Bool {
        guard let container = element(place, pod), let name = container["name"]?.string else { return false }
        if let declared = entry.containers[name] {
            // In a Guaranteed pod a request is a limit as well.
            if place.dropFirst(3).first == "resources" { return reach.isAnywhere(in: declared["resources"] ?? .null) }
            return reach.includes(place.dropFirst(3), in: declared)
        }
        guard place.count > 5, let index = Int(place[4]), let changed = container[place[3]]?[index] else {
            return false
        }
        let rest = place.dropFirst(5)
        return switch place[3] {
        case "volumeMounts":
            entry.appMounts(of: changed["name"]?.string ?? "").contains { reach.includes(rest, in: $0) }
        case "env":
            entry.appVariable(changed["name"]?.string ?? "").map { reach.includes(rest, in: $0) } ?? false
        default: false
        }
    }

    private func isOpen(annotation key: String, _ one: JSONValue, _ other: JSONValue) -> Bool {
        if key == "\(entry.name).pillion.dev/\(parameter)" { return true }
        let texts = [one, other].map { $0.annotation(key) ?? "" }
        if key == "pillion.dev/status" { return isSameStatus(texts[0], texts[1]) }
        guard let file = entry.file(key) else {
            return reach.includes([key], in: entry.version["pod"]?["annotations"] ?? .null)
        }
        if let text = file.body["text"] { return reach.isAnywhere(in: text) }
        guard let body = file.body["yaml"] ?? file.body["json"],
            let trees = try? texts.map({ try ManifestReader.documents(in: Array($0.utf8)) }),
            trees.allSatisfy({ $0.count == 1 })
        else { return false }
        return TreeDifference.places(trees[0][0].value, trees[1][0].value).allSatisfy {
            reach.includes($0[...], in: body)
        }
    }

    /// Whether two statuses differ in nothing but hashes and the paths of mounts.
    private func isSameStatus(_ one: String, _ other: String) -> Bool {
        guard let trees = try? [one, other].map({ try JSONParser.parse(Array($0.utf8)) }) else { return false }
        return TreeDifference.places(trees[0], trees[1]).allSatisfy { place in
            guard place.count > 2, place[0] == "sidecars" else { return false }
            return ["hash", "files", "mounts"].contains(place[2]) || (place[2] == "imagePullSecrets")
        }
    }
}
