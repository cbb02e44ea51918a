import Injection

extension SidecarExplanation.Additions {
    /// What of the sidecar is in the pod, by kind, without the kinds of which there is nothing.
    var kinds: [(label: String, names: [String])] {
        let all: [(label: String, names: [String])] = [
            ("init containers", initContainers), ("containers", containers), ("files", files), ("volumes", volumes),
            ("mounts", Self.lines(mounts)), ("variables", Self.lines(environment)), ("annotations", annotations),
            ("labels", labels), ("pull secrets", imagePullSecrets),
        ]
        return all.filter { !$0.names.isEmpty }
    }

    private static func lines(_ groups: [Group]) -> [String] {
        groups.map { "\($0.names.joined(separator: ", ")) in \($0.container)" }
    }
}
