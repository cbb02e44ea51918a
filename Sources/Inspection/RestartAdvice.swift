import Injection
import JSON
import Kubernetes

/// What it takes to make the pods of an owner anew.
enum RestartAdvice {
    /// A line for a shell: a command, or a comment where no command helps.
    static func line(_ entry: Audit.Owner) -> String {
        let owner = entry.owner
        let subject = "\(Excerpt.cut(owner.kind, to: 63))/\(Excerpt.cut(owner.name, to: 253))"
        let place = "\(subject) in \(Excerpt.cut(owner.namespace, to: 63))"
        if let denial = entry.denial {
            return "# \(place): do not restart, new pods would be denied: \(Excerpt.cut(denial.message, to: 200))"
        }
        // What is no name could be a command of its own.
        guard KubernetesName.isSubdomain(owner.name), KubernetesName.isLabel(owner.namespace) else {
            return "# \(place): the name is not one of Kubernetes"
        }
        switch owner.kind {
        case "Deployment", "StatefulSet", "DaemonSet":
            return "kubectl rollout restart \(owner.kind.lowercased())/\(owner.name) -n \(owner.namespace)"
        case "Rollout":
            return "kubectl argo rollouts restart \(owner.name) -n \(owner.namespace)"
        default:
            return "# \(place): kubectl cannot restart it; make its pods anew"
        }
    }
}
