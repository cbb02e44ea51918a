public import Injection
public import Manifests

/// What is known about the pods of manifests, and where they lie.
public struct WorkloadScope: Sendable {
    /// What holds for pods whose manifest says nothing else.
    public var environment: PodEnvironment
    /// Which kinds hold a pod, and where.
    public var templates: PodTemplatePaths

    /// Makes a scope.
    public init(environment: PodEnvironment, templates: PodTemplatePaths) {
        self.environment = environment
        self.templates = templates
    }
}
