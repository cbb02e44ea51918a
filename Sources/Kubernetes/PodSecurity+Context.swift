import JSON

/// What pods and containers say alike in their security contexts.
extension PodSecurity {
    /// Looks at the options for Windows.
    mutating func checkHostProcess(_ options: JSONValue?, in container: ContainerLens?) {
        guard !(options?["hostProcess"]).isOff else { return }
        report(
            .hostProcess,
            .baseline,
            in: container,
            at: ["securityContext", "windowsOptions", "hostProcess"],
            what: "has the privileges of a Windows node",
            fix: "remove hostProcess"
        )
    }

    /// Looks at an AppArmor profile.
    mutating func checkAppArmor(_ profile: JSONValue?, in container: ContainerLens?) {
        guard let profile = profile?.unlessNull, !Self.isConfined(profile) else { return }
        report(
            .appArmor,
            .baseline,
            in: container,
            at: ["securityContext", "appArmorProfile", "type"],
            what: "turns AppArmor off",
            fix: "set appArmorProfile.type to RuntimeDefault or Localhost"
        )
    }

    /// Looks at the SELinux options.
    mutating func checkSELinux(_ options: JSONValue?, in container: ContainerLens?) {
        guard let options = options?.object else { return }
        if let type = options["type"]?.unlessNull, type.string.map(version.allows(seLinuxType:)) != true {
            report(
                .seLinux,
                .baseline,
                in: container,
                at: ["securityContext", "seLinuxOptions", "type"],
                what: "has an SELinux type that is not one for containers",
                fix: "remove the type, or use container_t"
            )
        }
        for member in ["user", "role"] where !options[member].isUnset {
            report(
                .seLinux,
                .baseline,
                in: container,
                at: ["securityContext", "seLinuxOptions", member],
                what: "sets an SELinux \(member)",
                fix: "remove it"
            )
        }
    }

    /// Looks at a seccomp profile: one that is there has to confine, and the restricted level demands one.
    mutating func checkSeccomp(_ profile: JSONValue?, in container: ContainerLens?) {
        if let profile = profile?.unlessNull {
            guard !Self.isConfined(profile) else { return }
            reportSeccomp(.baseline, in: container, what: "has no seccomp filter")
            return
        }
        // What the pod says to its containers is a finding about the pod.
        guard let container, checksRestricted, !pod.isWindows, case .none = podContext?["seccompProfile"]?.unlessNull
        else {
            return
        }
        reportSeccomp(.restricted, in: container, what: "demands no seccomp filter")
    }

    private mutating func reportSeccomp(_ level: PodSecurityLevel, in container: ContainerLens?, what: String) {
        report(
            .seccomp,
            level,
            in: container,
            at: ["securityContext", "seccompProfile", "type"],
            what: what,
            fix: "set seccompProfile.type to RuntimeDefault or Localhost"
        )
    }

    /// Looks at the user, which must not be root.
    mutating func checkUser(_ user: JSONValue?, in container: ContainerLens?) {
        guard checksRestricted, !isRootHarmless, let user = user?.unlessNull, (user.integer ?? 0) == 0 else { return }
        report(
            .runAsUser,
            .restricted,
            in: container,
            at: ["securityContext", "runAsUser"],
            what: "runs as root",
            fix: "set runAsUser to another user than 0, or leave it to the image"
        )
    }

    /// Reports that root is not refused, unless root is harmless.
    mutating func checkNonRoot(in container: ContainerLens?) {
        guard !isRootHarmless else { return }
        report(
            .runAsNonRoot,
            .restricted,
            in: container,
            at: ["securityContext", "runAsNonRoot"],
            what: "does not refuse to run as root",
            fix: "set runAsNonRoot to true"
        )
    }

    /// Whether the type of a profile confines.
    private static func isConfined(_ profile: JSONValue) -> Bool {
        let type = profile["type"]?.string
        return type == "RuntimeDefault" || type == "Localhost"
    }
}
