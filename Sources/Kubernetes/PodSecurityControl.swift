/// The controls of the Pod Security Standards
/// (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
///
/// | control | baseline | restricted |
/// |---|---|---|
/// | `hostProcess` | no Windows HostProcess containers | |
/// | `hostNamespaces` | no network, PID or IPC namespace of the node | |
/// | `privileged` | no privileged containers | |
/// | `capabilities` | only those of the default set are added | all are dropped, only `NET_BIND_SERVICE` is added |
/// | `hostPathVolumes` | no paths of the node | |
/// | `hostPorts` | no ports of the node | |
/// | `hostProbes` | probes and hooks name no host (1.34) | |
/// | `appArmor` | the runtime's profile, or a local one | |
/// | `seLinux` | only types for containers, no user or role | |
/// | `procMount` | masked; with a user namespace as they like (1.35) | masked |
/// | `seccomp` | not unconfined | the runtime's profile, or a local one |
/// | `sysctls` | only those that stay inside the pod | |
/// | `volumeTypes` | | only types that the pod or a claim owns |
/// | `allowPrivilegeEscalation` | | off |
/// | `runAsNonRoot` | | on, unless the pod has a user namespace (1.35) |
/// | `runAsUser` | | not 0, unless the pod has a user namespace (1.35) |
///
/// Pods for Windows (`spec.os.name`) are exempt from the restricted side of `capabilities`, `seccomp` and
/// `allowPrivilegeEscalation`. All lists of containers count, ephemeral ones included.
package enum PodSecurityControl: String, Sendable, CaseIterable {
    /// Windows containers with the privileges of the node.
    case hostProcess
    /// Namespaces of the node.
    case hostNamespaces
    /// Containers with the privileges of the node.
    case privileged
    /// Linux capabilities.
    case capabilities
    /// Volumes that are paths of the node.
    case hostPathVolumes
    /// Ports of the node.
    case hostPorts
    /// Hosts that the kubelet is sent to by probes and hooks.
    case hostProbes
    /// AppArmor profiles.
    case appArmor
    /// SELinux options.
    case seLinux
    /// How much of `/proc` is masked.
    case procMount
    /// Seccomp profiles.
    case seccomp
    /// Kernel parameters.
    case sysctls
    /// Types of volumes.
    case volumeTypes
    /// Whether a process can gain more privileges than its parent.
    case allowPrivilegeEscalation
    /// Whether root is refused.
    case runAsNonRoot
    /// The user.
    case runAsUser
}
