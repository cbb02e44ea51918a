import JSON

/// What is said of each container.
extension PodSecurity {
    /// Looks at a container.
    mutating func check(_ container: ContainerLens) {
        let context = container.json["securityContext"]?.object
        checkHostProcess(context?["windowsOptions"], in: container)
        if !(context?["privileged"]).isOff {
            report(
                .privileged,
                .baseline,
                in: container,
                at: ["securityContext", "privileged"],
                what: "is privileged",
                fix: "remove privileged, and add the capabilities that are needed"
            )
        }
        checkCapabilities(context?["capabilities"], in: container)
        checkHostPorts(of: container)
        if version.checksProbeHosts { checkHosts(of: container) }
        checkAppArmor(context?["appArmorProfile"], in: container)
        checkSELinux(context?["seLinuxOptions"], in: container)
        checkProcMount(context?["procMount"], in: container)
        checkSeccomp(context?["seccompProfile"], in: container)
        if checksRestricted { checkRestricted(context, in: container) }
    }

    /// The controls that only the restricted level has.
    private mutating func checkRestricted(_ context: JSONObject?, in container: ContainerLens) {
        checkUser(context?["runAsUser"], in: container)
        // What the pod says to its containers is a finding about the pod.
        let runAsNonRoot =
            context?["runAsNonRoot"]?.unlessNull ?? (podContext?["runAsNonRoot"]?.unlessNull.map { _ in true })
        if runAsNonRoot?.bool != true { checkNonRoot(in: container) }
        guard !pod.isWindows, context?["allowPrivilegeEscalation"]?.bool != false else { return }
        report(
            .allowPrivilegeEscalation,
            .restricted,
            in: container,
            at: ["securityContext", "allowPrivilegeEscalation"],
            what: "may gain more privileges than it starts with",
            fix: "set allowPrivilegeEscalation to false"
        )
    }

    private mutating func checkCapabilities(_ capabilities: JSONValue?, in container: ContainerLens) {
        for (index, added) in (capabilities?["add"]?.array ?? []).enumerated() {
            let name = added.string ?? ""
            let isDefault = Self.isDefaultCapability(name)
            guard !isDefault || (checksRestricted && name != "NET_BIND_SERVICE") else { continue }
            report(
                .capabilities,
                isDefault ? .restricted : .baseline,
                in: container,
                at: ["securityContext", "capabilities", "add", String(index)],
                what: "adds the capability \(Excerpt.quote(name))",
                fix: isDefault ? "add no capability but NET_BIND_SERVICE" : "remove the capability"
            )
        }
        guard checksRestricted, !pod.isWindows else { return }
        guard capabilities?["drop"]?.array?.contains(where: { $0.string == "ALL" }) != true else { return }
        report(
            .capabilities,
            .restricted,
            in: container,
            at: ["securityContext", "capabilities", "drop"],
            what: "keeps the capabilities that runtimes give by default",
            fix: "set capabilities.drop to [ALL]"
        )
    }

    /// Whether a capability is one that container runtimes give by default, `NET_RAW` aside.
    private static func isDefaultCapability(_ name: String) -> Bool {
        switch name {
        case "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
            "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT":
            true
        default: false
        }
    }

    private mutating func checkHostPorts(of container: ContainerLens) {
        for (index, port) in container.elements("ports").enumerated() {
            guard !port["hostPort"].isUnset else { continue }
            report(
                .hostPorts,
                .baseline,
                in: container,
                at: ["ports", String(index), "hostPort"],
                what: "takes a port of its node",
                fix: "remove hostPort, and reach the container through a Service"
            )
        }
    }

    private mutating func checkHosts(of container: ContainerLens) {
        for probe in ["livenessProbe", "readinessProbe", "startupProbe"] {
            guard let probed = container.json[probe] else { continue }
            checkHosts(probed, in: container, at: [probe])
        }
        guard let lifecycle = container.json["lifecycle"] else { return }
        for hook in ["postStart", "preStop"] {
            guard let hooked = lifecycle[hook] else { continue }
            checkHosts(hooked, in: container, at: ["lifecycle", hook])
        }
    }

    private mutating func checkHosts(_ handler: JSONValue, in container: ContainerLens, at path: [String]) {
        for action in ["httpGet", "tcpSocket"] where !(handler[action]?["host"]).isUnset {
            report(
                .hostProbes,
                .baseline,
                in: container,
                at: path + [action, "host"],
                what: "has the kubelet connect to a host by \(path.joined(separator: "."))",
                fix: "remove host, so that the pod itself is meant"
            )
        }
    }

    private mutating func checkProcMount(_ type: JSONValue?, in container: ContainerLens) {
        guard let type = type?.unlessNull, type.string != "Default" else { return }
        report(
            .procMount,
            isRootHarmless ? .restricted : .baseline,
            in: container,
            at: ["securityContext", "procMount"],
            what: "sees parts of /proc that are masked by default",
            fix: "remove procMount"
        )
    }
}
