import JSON
import SidecarCatalog

/// The application's own containers in a pod: those that sidecars serve.
struct Application: Sendable {
    /// The user and group a sidecar takes where the application names none (or root, which no sidecar becomes).
    static let defaultIdentity = 10_000

    private let pod: Pod
    /// The containers that the pod names by annotation; nil when it names none.
    private let named: [PodContainer]?
    /// The pod's containers that are nobody's sidecars.
    private let own: [PodContainer]

    /// Finds the application.
    ///
    /// - Parameters:
    ///   - pod: The pod.
    ///   - names: The container names in the pod's annotation, when it has one.
    ///   - sidecars: Names of containers that are known as sidecars.
    /// - Throws: A reason when a named container does not exist.
    init(pod: Pod, named names: [String]?, sidecars: [String]) throws(Reason) {
        self.pod = pod
        self.own = pod.containers.filter { !sidecars.contains($0.name) }
        guard let names else {
            self.named = nil
            return
        }
        let candidates = pod.containers + pod.initContainers
        var named: [PodContainer] = []
        for name in names {
            guard let container = candidates.first(where: { $0.name.hasSameBytes(as: name) }) else {
                let known = candidates.map { Excerpt.cut($0.name, to: 63) }.prefix(8).joined(separator: ", ")
                throw Reason(.unknownContainer, "the pod has no container \(Excerpt.quote(name)); it has: \(known)")
            }
            if !named.contains(where: { $0.pointer == container.pointer }) { named.append(container) }
        }
        self.named = named
    }

    /// The container that stands for the application: the pod's choice, kubectl's default, or the first of its own.
    var first: PodContainer? {
        if let named, let first = named.first { return first }
        if let name = pod.annotation(AnnotationKey.defaultContainer),
            let container = pod.containers.first(where: { $0.name.hasSameBytes(as: name) })
        {
            return container
        }
        return own.first
    }

    /// The containers that receive a sidecar's mounts and environment.
    func receivers(_ containers: AppChanges.Containers) -> [PodContainer] {
        if let named { return named }
        return switch containers {
        case .first: first.map { [$0] } ?? []
        case .all: own
        case .annotated: []
        }
    }

    /// The first TCP port that the application declares, its first container's before the others'.
    var port: Int? {
        if let port = first.flatMap(Self.port) { return port }
        return own.lazy.compactMap(Self.port).first
    }

    private static func port(of container: PodContainer) -> Int? {
        for port in container.elements("ports") {
            guard (port["protocol"]?.string ?? "TCP") == "TCP", let number = port["containerPort"]?.integer,
                (1...65_535).contains(number)
            else { continue }
            return number
        }
        return nil
    }

    /// The user the application runs as, by its container or its pod.
    var runAsUser: Int { identity("runAsUser") }
    /// The group the application runs as, by its container or its pod.
    var runAsGroup: Int { identity("runAsGroup") }

    private func identity(_ member: String) -> Int {
        let ofContainer = first?.json["securityContext"]?[member]?.integer
        let identity = ofContainer ?? pod.spec["securityContext"]?[member]?.integer ?? Self.defaultIdentity
        return (1...2_147_483_647).contains(identity) ? identity : Self.defaultIdentity
    }

    /// The name of the pod's service account.
    var serviceAccount: String { pod.serviceAccount }
}
