package import JSON

/// Two parts of a pod that cannot both have what they ask for.
package struct PodConflict: Sendable, Equatable {
    /// What they ask for.
    package enum Kind: String, Sendable, CaseIterable {
        /// Two containers that run at the same time listen on one port of the network they share.
        case containerPort
        /// Two ports take the same port of the node.
        case hostPort
        /// Two ports have one name, by which a Service or a probe finds only the first.
        case portName
        /// Two mounts of a container have one place.
        case mountPath
    }

    /// How many conflicts of a pod are kept.
    package static let maximumCount = 100

    /// What they ask for.
    package let kind: Kind
    /// The name of the container that comes later.
    package let container: String
    /// The name of the container that has it already; may be the same one.
    package let otherContainer: String
    /// The port or mount that comes later.
    package let location: JSONPointer
    /// The port or mount that has it already.
    package let otherLocation: JSONPointer
    /// What is wrong, as a sentence without a full stop.
    package let what: String
    /// What to do about it.
    package let fix: String
}
