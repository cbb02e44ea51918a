import JSON

/// A port on which a container listens, in the network namespace that all containers of a pod share.
struct ContainerPort: Sendable, Equatable {
    let number: Int
    /// `TCP`, `UDP` or `SCTP`.
    let transport: String

    /// The ports that a container declares (core/v1 ContainerPort).
    static func ports(of container: JSONObject) -> [ContainerPort] {
        guard case .array(let ports) = container["ports"] else { return [] }
        return ports.compactMap { port in
            port["containerPort"]?.integer.map {
                ContainerPort(number: $0, transport: port["protocol"]?.string ?? "TCP")
            }
        }
    }
}
