/// One version of a sidecar: what a pod gets.
///
/// A class, since it is large, never changes, and is handed around for every pod.
public final class SidecarVersion: Sendable {
    /// The version.
    public let version: SemanticVersion
    /// The version as text.
    public let text: String
    /// The parameters in the order in which they are declared.
    public let parameters: [Parameter]
    /// What has to exist in the pod's namespace.
    public let requires: SidecarRequirements
    /// The container (core/v1 Container) without `name` and `restartPolicy`.
    ///
    /// The names of its volume mounts are those of the catalog; see `VolumeTemplate`.
    public let container: Template
    /// Containers that run to completion beside the sidecar, in the order in which they are declared.
    public let setup: [SetupStep]
    /// Files that are put into the container, in the order in which they are declared.
    public let files: [FileTemplate]
    /// The volumes in the order in which they are declared.
    public let volumes: [VolumeTemplate]
    /// What the application's own containers receive.
    public let app: AppChanges
    /// What the pod itself receives.
    public let pod: PodChanges
    /// When the version ends.
    public let lifecycle: VersionLifecycle
    /// What happens to its resources in a Guaranteed pod; nil when that is the catalog's to say.
    public let guaranteed: GuaranteedPolicy?
    /// What the version's templates and defaults refer to beside parameters: parts of the pod and its application.
    package let contextReferences: [Reference]

    init(
        version: SemanticVersion,
        parameters: [Parameter],
        requires: SidecarRequirements,
        container: Template,
        setup: [SetupStep],
        files: [FileTemplate],
        volumes: [VolumeTemplate],
        app: AppChanges,
        pod: PodChanges,
        lifecycle: VersionLifecycle,
        guaranteed: GuaranteedPolicy?,
        contextReferences: [Reference]
    ) {
        self.version = version
        self.parameters = parameters
        self.requires = requires
        self.container = container
        self.setup = setup
        self.files = files
        self.volumes = volumes
        self.app = app
        self.pod = pod
        self.lifecycle = lifecycle
        self.guaranteed = guaranteed
        self.contextReferences = contextReferences
        self.text = version.description
    }

    /// The parameter named `name`.
    public func parameter(_ name: String) -> Parameter? {
        parameters.first { $0.name == name }
    }

    /// The volume named `name` in the catalog.
    public func volume(_ name: String) -> VolumeTemplate? {
        volumes.first { $0.name == name }
    }
}
