/// What the application's own containers receive.
public struct AppChanges: Sendable {
    /// Which containers receive it unless the pod says so by annotation.
    public enum Containers: String, Sendable, CaseIterable {
        /// The application's first container.
        case first
        /// All of the application's containers.
        case all
        /// Only those that the pod's annotation names.
        case annotated
    }

    /// Which containers receive it.
    public let containers: Containers
    /// Volume mounts (core/v1 VolumeMount); their names are those of the catalog.
    public let volumeMounts: [Template]
    /// Environment variables (core/v1 EnvVar).
    public let env: [Template]
}
