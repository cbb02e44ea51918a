import JSON
import Kubernetes
import Testing

@Suite("PodSecurity, baseline")
struct PodSecurityBaselineTests {
    private typealias Tests = PodSecurityTests

    @Test(
        "the pod as a whole",
        arguments: [
            (["hostNetwork": false, "hostPID": nil], []),
            (["hostNetwork": true], ["hostNamespaces baseline"]),
            (["hostPID": true], ["hostNamespaces baseline"]),
            (["hostIPC": true], ["hostNamespaces baseline"]),
            (["securityContext": ["windowsOptions": ["hostProcess": false]]], []),
            (["securityContext": ["windowsOptions": ["hostProcess": true]]], ["hostProcess baseline"]),
            (["volumes": [["name": "v", "hostPath": nil], ["name": "w", "emptyDir": [:]]]], []),
            (["volumes": [["name": "v", "hostPath": ["path": "/"]]]], ["hostPathVolumes baseline"]),
            (["securityContext": ["appArmorProfile": ["type": "RuntimeDefault"]]], []),
            (["securityContext": ["appArmorProfile": ["type": "Localhost"]]], []),
            (["securityContext": ["appArmorProfile": ["type": "Unconfined"]]], ["appArmor baseline"]),
            (["securityContext": ["appArmorProfile": [:]]], ["appArmor baseline"]),
            (["securityContext": ["seLinuxOptions": ["type": "container_t", "level": "s0"]]], []),
            (["securityContext": ["seLinuxOptions": ["type": "container_engine_t", "user": "", "role": nil]]], []),
            (["securityContext": ["seLinuxOptions": ["type": "spc_t"]]], ["seLinux baseline"]),
            (
                ["securityContext": ["seLinuxOptions": ["user": "u", "role": "r"]]],
                ["seLinux baseline", "seLinux baseline"]
            ),
            (["securityContext": ["seccompProfile": ["type": "Localhost"]]], []),
            (["securityContext": ["seccompProfile": ["type": "Unconfined"]]], ["seccomp baseline"]),
            (["securityContext": ["sysctls": [["name": "net.ipv4.tcp_syncookies"]]]], []),
            (["securityContext": ["sysctls": [["name": "net.core.somaxconn"]]]], ["sysctls baseline"]),
        ] as [(JSONObject, [String])]
    )
    func pod(_ spec: JSONObject, _ expected: [String]) {
        #expect(Tests.controls(PodSecurity(Tests.pod(spec))) == expected)
    }

    @Test(
        "the security context of a container",
        arguments: [
            (["privileged": false], []),
            (["privileged": true], ["privileged baseline"]),
            (["privileged": "yes"], ["privileged baseline"]),
            (["windowsOptions": ["hostProcess": true]], ["hostProcess baseline"]),
            (["capabilities": ["drop": ["ALL"], "add": ["SYS_ADMIN"]]], ["capabilities baseline"]),
            (["capabilities": ["drop": ["ALL"], "add": ["NET_RAW"]]], ["capabilities baseline"]),
            (
                ["capabilities": ["drop": ["ALL"], "add": ["CAP_CHOWN", "chown"]]],
                ["capabilities baseline", "capabilities baseline"]
            ),
            (["capabilities": ["drop": ["ALL"], "add": ["ALL"]]], ["capabilities baseline"]),
            (["capabilities": ["drop": ["ALL"], "add": [1]]], ["capabilities baseline"]),
            (["appArmorProfile": ["type": "Unconfined"]], ["appArmor baseline"]),
            (["seLinuxOptions": ["role": "system_r"]], ["seLinux baseline"]),
            (["procMount": "Default"], []),
            (["procMount": "Unmasked"], ["procMount baseline"]),
            (["procMount": ""], ["procMount baseline"]),
            (["seccompProfile": ["type": "Unconfined"]], ["seccomp baseline"]),
            (["seccompProfile": [:]], ["seccomp baseline"]),
        ] as [(JSONObject, [String])]
    )
    func securityContext(_ security: JSONObject, _ expected: [String]) {
        #expect(Tests.controls(PodSecurity(Tests.pod([:], Tests.container(security: security)))) == expected)
    }

    @Test(
        "ports, probes and hooks of a container",
        arguments: [
            (["ports": [["containerPort": 80], ["containerPort": 81, "hostPort": 0]]], []),
            (["ports": [["containerPort": 80], ["containerPort": 81, "hostPort": 81]]], ["/ports/1/hostPort"]),
            (["ports": [["hostPort": "80"]]], ["/ports/0/hostPort"]),
            (["livenessProbe": ["httpGet": ["path": "/", "host": ""]], "readinessProbe": ["exec": [:]]], []),
            (["livenessProbe": ["httpGet": ["host": "127.0.0.1"]]], ["/livenessProbe/httpGet/host"]),
            (["readinessProbe": ["tcpSocket": ["host": "db"]]], ["/readinessProbe/tcpSocket/host"]),
            (["startupProbe": ["httpGet": ["host": 5]]], ["/startupProbe/httpGet/host"]),
            (
                ["lifecycle": ["postStart": ["httpGet": ["host": "x"]], "preStop": ["tcpSocket": ["host": "x"]]]],
                ["/lifecycle/postStart/httpGet/host", "/lifecycle/preStop/tcpSocket/host"]
            ),
            (["lifecycle": ["preStop": ["exec": ["command": ["true"]]]]], []),
        ] as [(JSONObject, [String])]
    )
    func members(_ members: JSONObject, _ expected: [String]) {
        let security = PodSecurity(Tests.pod([:], Tests.container(members)))
        #expect(
            security.findings.map { String($0.location.description.dropFirst("/spec/containers/0".count)) } == expected
        )
        #expect(security.level == (expected.isEmpty ? .restricted : .privileged))
    }

    @Test(
        "annotations for AppArmor",
        arguments: [
            ("runtime/default", true), ("localhost/mine", true), ("", true), (nil, true), ("unconfined", false),
            ("localhost", false), (1, false),
        ] as [(JSONValue, Bool)]
    )
    func appArmorAnnotation(_ profile: JSONValue, _ isAllowed: Bool) {
        let annotations: JSONObject = [
            "container.apparmor.security.beta.kubernetes.io/app": profile, "example.com/other": "unconfined",
        ]
        let pod = PodLens(metadata: ["annotations": .object(annotations)], spec: Tests.pod().spec)
        let security = PodSecurity(pod)
        #expect(Tests.controls(security) == (isAllowed ? [] : ["appArmor baseline"]))
        #expect(security.findings.first?.location.tokens.prefix(2) == (isAllowed ? nil : ["metadata", "annotations"]))
    }

    @Test(
        "what newer versions allow or refuse",
        arguments: [
            (24, ["net.ipv4.ip_local_reserved_ports"], false), (27, ["net.ipv4.ip_local_reserved_ports"], true),
            (28, ["net.ipv4.tcp_keepalive_time"], false), (29, ["net.ipv4.tcp_keepalive_time"], true),
            (31, ["net.ipv4.tcp_rmem"], false), (32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"], true),
            (36, ["net.ipv4.tcp_notsent_lowat"], false), (37, ["net.ipv4.tcp_slow_start_after_idle"], true),
        ] as [(Int, [String], Bool)]
    )
    func sysctlVersions(_ minor: Int, _ names: [String], _ isAllowed: Bool) {
        let sysctls = names.map { name -> JSONValue in ["name": .string(name)] }
        let pod = Tests.pod(["securityContext": ["sysctls": .array(sysctls)]])
        #expect(PodSecurity(pod, version: PodSecurityVersion(minor: minor)).findings.isEmpty == isAllowed)
    }

    @Test("hosts of probes are refused since 1.34, container_engine_t is allowed since 1.31")
    func otherVersions() {
        let probe = Tests.pod([:], Tests.container(["livenessProbe": ["httpGet": ["host": "x"]]]))
        #expect(PodSecurity(probe, version: PodSecurityVersion(minor: 33)).level == .restricted)
        #expect(PodSecurity(probe, version: PodSecurityVersion(minor: 34)).level == .privileged)
        let engine = Tests.pod(["securityContext": ["seLinuxOptions": ["type": "container_engine_t"]]])
        #expect(PodSecurity(engine, version: PodSecurityVersion(minor: 30)).level == .privileged)
        #expect(PodSecurity(engine, version: PodSecurityVersion(minor: 31)).level == .restricted)
    }
}
