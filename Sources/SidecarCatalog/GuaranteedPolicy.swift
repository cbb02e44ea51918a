/// What happens to a sidecar's resources in a pod whose quality of service is Guaranteed
/// (https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/).
public enum GuaranteedPolicy: String, Sendable, CaseIterable {
    /// Missing limits become the requests, and requests become the limits, so that the pod stays Guaranteed.
    case match
    /// They stay as the catalog declares them.
    case keep
}
