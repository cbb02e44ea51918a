/// What the pod itself receives.
public struct PodChanges: Sendable {
    /// Annotations: an object whose values render to strings.
    public let annotations: Template
    /// Labels: an object whose values render to strings.
    public let labels: Template
    /// Image pull secrets: an array of `{"name": …}`.
    public let imagePullSecrets: Template
}
