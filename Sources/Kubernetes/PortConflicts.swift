import JSON

/// Finds ports of a pod that cannot be opened or found.
///
/// All containers of a pod share one network. Two of them conflict when they run at the same time: containers and
/// native sidecars do; a plain init container meets only the native sidecars that stand before it. Several ports of one
/// container with the same number are one listener with several names and no conflict.
package struct PortConflicts: Sendable {
    /// What was found, in the order of the pod.
    package private(set) var findings: [PodConflict] = []
    /// Whether all findings were kept.
    package private(set) var isComplete = true

    private let usesHostNetwork: Bool
    private var listeners: [Endpoint: Place] = [:]
    private var hostPorts: [HostEndpoint: Place] = [:]
    private var names: [String: Place] = [:]

    /// Looks at the ports of a pod.
    package init(_ pod: PodLens) {
        usesHostNetwork = pod.usesHostNetwork
        for container in pod.containers where container.list != .ephemeralContainers {
            for (index, json) in container.elements("ports").enumerated() {
                guard let port = ContainerPort(json: json) else { continue }
                check(Place(container: container, index: index, port: port))
            }
        }
    }

    /// A port of the network that containers share.
    private struct Endpoint: Hashable {
        let number: Int
        let transport: String
    }

    /// A port of the node, on one address, on all, or (nil) on any at all.
    private struct HostEndpoint: Hashable {
        let endpoint: Endpoint
        let address: String?
    }

    private struct Place {
        let container: ContainerLens
        let index: Int
        let port: ContainerPort

        var pointer: JSONPointer { container.pointer.appending("ports").appending(index) }
        var owner: String { "container \(Excerpt.cut(container.name, to: 63))" }

        func isIn(_ other: ContainerLens) -> Bool {
            container.list == other.list && container.index == other.index
        }
    }

    private mutating func check(_ place: Place) {
        checkListener(place)
        checkHostPort(place)
        guard let name = place.port.name, !place.container.runsToCompletion else { return }
        guard let other = names[name] else {
            names[name] = place
            return
        }
        let quoted = Excerpt.quote(name, limit: 15)
        report(.portName, place, other, "names a port \(quoted), as does \(other.owner)", "rename one of them")
    }

    private mutating func checkListener(_ place: Place) {
        let endpoint = Endpoint(number: place.port.number, transport: place.port.transport)
        guard let other = listeners[endpoint] else {
            if !place.container.runsToCompletion { listeners[endpoint] = place }
            return
        }
        guard !other.isIn(place.container) else { return }
        let name = "\(endpoint.number)/\(Excerpt.cut(endpoint.transport, to: 8))"
        let fix = "let one of them listen on another port"
        report(.containerPort, place, other, "listens on port \(name), as does \(other.owner)", fix)
    }

    private mutating func checkHostPort(_ place: Place) {
        // In the network of the node a port is its own host port, and a conflict has been found above.
        guard !usesHostNetwork, let number = place.port.hostPort else { return }
        let endpoint = Endpoint(number: number, transport: place.port.transport)
        let own = HostEndpoint(endpoint: endpoint, address: place.port.hostIP)
        let any = HostEndpoint(endpoint: endpoint, address: nil)
        let everywhere = HostEndpoint(endpoint: endpoint, address: ContainerPort.everyAddress)
        let rival = own == everywhere ? hostPorts[any] : hostPorts[own] ?? hostPorts[everywhere]
        guard let rival else {
            guard !place.container.runsToCompletion else { return }
            hostPorts[own] = place
            hostPorts[any] = hostPorts[any] ?? place
            return
        }
        let name = "\(number)/\(Excerpt.cut(endpoint.transport, to: 8))"
        let what = "takes the node's port \(name), as does \(rival.owner)"
        report(.hostPort, place, rival, what, "remove one hostPort, and reach the container through a Service")
    }

    private mutating func report(
        _ kind: PodConflict.Kind,
        _ place: Place,
        _ other: Place,
        _ what: String,
        _ fix: String
    ) {
        guard findings.count < PodConflict.maximumCount else {
            isComplete = false
            return
        }
        findings.append(
            PodConflict(
                kind: kind,
                container: place.container.name,
                otherContainer: other.container.name,
                location: place.pointer,
                otherLocation: other.pointer,
                what: "\(place.owner) \(what)",
                fix: fix
            )
        )
    }
}
