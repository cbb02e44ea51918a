/// What a sidecar needs that it does not bring along.
public struct SidecarRequirements: Sendable {
    /// Names of ConfigMaps in the pod's namespace; each renders to a string.
    public let configMaps: [Template]
    /// Names of Secrets in the pod's namespace; each renders to a string.
    public let secrets: [Template]
    /// Whether it uses the token of the pod's service account.
    public let serviceAccountToken: Bool

    /// Where the API server mounts the token (Kubernetes: "Configure Service Accounts for Pods").
    package static let tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount"
}
