import Kubernetes
import SidecarCatalog

extension InjectionRule {
    /// Whether the rule is about a pod that is created in `namespace`.
    func applies(to pod: Pod, in namespace: String) -> Bool {
        namespaces.matches(namespace) && podSelector.matches(pod.labels)
    }
}
