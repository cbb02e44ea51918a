package import JSON

/// A port of a container; read-only, and whatever has the wrong type reads as absent.
package struct ContainerPort: Sendable, Hashable {
    /// The port on which the container listens.
    package let number: Int
    /// The transport: `TCP` unless another one is given.
    package let transport: String
    /// The name; nil when it has none.
    package let name: String?
    /// The port of the node that leads here; nil when there is none.
    package let hostPort: Int?
    /// The address of the node that leads here: `0.0.0.0`, which is all of them, unless another one is given.
    package let hostIP: String

    /// Reads a port; nil when it has no number from 1 to 65535.
    package init?(json: JSONValue) {
        guard let object = json.object, let number = object["containerPort"]?.integer, Self.range.contains(number)
        else {
            return nil
        }
        self.number = number
        transport = Self.text(object["protocol"]) ?? "TCP"
        name = Self.text(object["name"])
        hostPort = object["hostPort"]?.integer.flatMap { Self.range.contains($0) ? $0 : nil }
        hostIP = Self.text(object["hostIP"]) ?? Self.everyAddress
    }

    /// The ports that a container declares (core/v1 ContainerPort); what is none is left out.
    package static func ports(of container: JSONObject) -> [ContainerPort] {
        guard case .array(let ports) = container["ports"] else { return [] }
        return ports.compactMap { ContainerPort(json: $0) }
    }

    /// Whether both are one port of the network that the containers of a pod share.
    package func isSameListener(as other: ContainerPort) -> Bool {
        number == other.number && transport == other.transport
    }

    /// Whether both take the same port of the node.
    package func isSameHostPort(as other: ContainerPort) -> Bool {
        guard let hostPort, hostPort == other.hostPort, transport == other.transport else { return false }
        return hostIP == other.hostIP || hostIP == Self.everyAddress || other.hostIP == Self.everyAddress
    }

    /// The address that stands for all of a node's.
    static let everyAddress = "0.0.0.0"

    private static let range = 1...65535

    private static func text(_ json: JSONValue?) -> String? {
        guard let text = json?.string, !text.isEmpty else { return nil }
        return text
    }
}
