public import Injection
public import Manifests

extension PodEnvironment {
    /// What holds for the pods of a workload, where this holds for those whose manifest says nothing else.
    public func forPods(of template: PodTemplate) -> PodEnvironment {
        var environment = self
        // A Pod knows its owner itself.
        if template.pointer != template.workload {
            environment.workload = template.name.map { Workload(kind: template.kind, name: $0) }
        }
        if let namespace = template.namespace, !namespace.isEmpty { environment.namespace = namespace }
        return environment
    }
}
