/// A container that runs to completion right before or after its sidecar starts.
public struct SetupStep: Sendable {
    /// On which side of the sidecar a step stands.
    public enum Place: String, Sendable, CaseIterable {
        /// The step ends before the sidecar starts.
        case before
        /// The step starts when the sidecar has started.
        case after
    }

    /// The name in the catalog.
    public let name: String
    /// The name of the container in the pod: the sidecar's name, `-`, the step's name.
    public let containerName: String
    /// On which side of the sidecar it stands.
    public let place: Place
    /// The container (core/v1 Container) without `name` and `restartPolicy`.
    public let container: Template
}
