/// The version of the Pod Security Standards, which is that of the cluster or of its `enforce-version` label.
package struct PodSecurityVersion: Sendable, Hashable {
    /// The latest version that is known.
    package static let latest = PodSecurityVersion(minor: 37)
    /// The oldest version whose differences are kept: Pod Security Admission became stable there.
    private static let oldest = 25

    /// The minor version of Kubernetes 1.
    package let minor: Int

    /// Makes the version of Kubernetes 1.`minor`; one older than 1.25 counts as that.
    package init(minor: Int) {
        self.minor = max(minor, Self.oldest)
    }

    /// Whether probes and hooks may not name a host.
    var checksProbeHosts: Bool { minor >= 34 }

    /// Whether a pod in a user namespace may run as root and see all of `/proc`.
    var relaxesUserNamespaces: Bool { minor >= 35 }

    /// Whether an SELinux type is one for containers.
    func allows(seLinuxType type: String) -> Bool {
        switch type {
        case "", "container_t", "container_init_t", "container_kvm_t": true
        case "container_engine_t": minor >= 31
        default: false
        }
    }

    /// Whether a kernel parameter stays inside the pod.
    func allows(sysctl name: String) -> Bool {
        switch name {
        case "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start":
            true
        case "net.ipv4.ip_local_reserved_ports": minor >= 27
        case "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes":
            minor >= 29
        case "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem": minor >= 32
        case "net.ipv4.tcp_slow_start_after_idle", "net.ipv4.tcp_notsent_lowat": minor >= 37
        default: false
        }
    }
}
