import JSON

/// What is said of the pod as a whole.
extension PodSecurity {
    private static let appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/"

    /// Looks at everything outside the containers.
    mutating func checkPod() {
        for member in ["hostNetwork", "hostPID", "hostIPC"] where !pod.spec[member].isOff {
            report(
                .hostNamespaces,
                .baseline,
                in: nil,
                at: [member],
                what: "shares a namespace of its node by \(member)",
                fix: "remove \(member)"
            )
        }
        checkHostProcess(podContext?["windowsOptions"], in: nil)
        checkAppArmor(podContext?["appArmorProfile"], in: nil)
        checkSELinux(podContext?["seLinuxOptions"], in: nil)
        checkSeccomp(podContext?["seccompProfile"], in: nil)
        checkUser(podContext?["runAsUser"], in: nil)
        if let runAsNonRoot = podContext?["runAsNonRoot"]?.unlessNull, runAsNonRoot.bool != true {
            checkNonRoot(in: nil)
        }
        checkVolumes()
        checkSysctls()
        checkAppArmorAnnotations()
    }

    private mutating func checkVolumes() {
        for (index, volume) in pod.volumes.enumerated() {
            guard let volume = volume.object else { continue }
            for member in volume where !member.value.isNull && !Self.isOrdinaryVolume(member.key) {
                let isHostPath = member.key == "hostPath"
                guard isHostPath || checksRestricted else { continue }
                let name = Excerpt.cut(volume["name"]?.string ?? "?", to: 63)
                report(
                    isHostPath ? .hostPathVolumes : .volumeTypes,
                    isHostPath ? .baseline : .restricted,
                    in: nil,
                    at: ["volumes", String(index), member.key],
                    what: "has the volume \(name) of the type \(Excerpt.cut(member.key, to: 40))",
                    fix: isHostPath
                        ? "use emptyDir, or a persistentVolumeClaim for what has to outlive the pod"
                        : "use a persistentVolumeClaim, or csi where the driver is trusted"
                )
            }
        }
    }

    /// Whether a member of a volume is its name or a type that the restricted level allows.
    private static func isOrdinaryVolume(_ member: String) -> Bool {
        switch member {
        case "name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim",
            "projected", "secret":
            true
        default: false
        }
    }

    private mutating func checkSysctls() {
        for (index, sysctl) in (podContext?["sysctls"]?.array ?? []).enumerated() {
            let name = sysctl["name"]?.string ?? ""
            guard !version.allows(sysctl: name) else { continue }
            report(
                .sysctls,
                .baseline,
                in: nil,
                at: ["securityContext", "sysctls", String(index), "name"],
                what: "sets the kernel parameter \(Excerpt.quote(name)), which does not stay inside the pod",
                fix: "remove it, or have it set on the node"
            )
        }
    }

    private mutating func checkAppArmorAnnotations() {
        for annotation in pod.annotations?.members ?? [] where annotation.key.hasPrefix(Self.appArmorPrefix) {
            let profile = annotation.value.string
            guard !annotation.value.isNull, profile != "", profile != "runtime/default",
                profile?.hasPrefix("localhost/") != true
            else { continue }
            report(.appArmor, annotation: annotation.key, fix: "use runtime/default or localhost/PROFILE")
        }
    }
}
