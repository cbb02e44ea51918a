import Kubernetes

/// One value among a container's resources, such as `requests.cpu`.
public struct ResourceField: Hashable, Sendable {
    /// The two lists of a container's resources.
    public enum List: String, Sendable, CaseIterable {
        /// What is reserved for the container.
        case requests
        /// What the container gets at most.
        case limits
    }

    /// The list.
    public let list: List
    /// The resource's name, such as `memory` or `ephemeral-storage`.
    public let resource: String

    /// What is allowed, as a phrase for messages.
    static let allowed = "requests or limits, a dot and a resource, such as requests.cpu or limits.memory"

    /// Parses `requests.cpu`; nil when it is nothing of that form.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let list = List(rawValue: parts[0]) else { return nil }
        let name = parts[1].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(name.count), name.allSatisfy({ KubernetesName.isSubdomain($0) }) else { return nil }
        self.list = list
        self.resource = parts[1]
    }
}

extension ResourceField: CustomStringConvertible {
    /// The field as it is written.
    public var description: String { "\(list.rawValue).\(resource)" }
}
