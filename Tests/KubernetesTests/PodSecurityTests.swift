import JSON
import Kubernetes
import Testing

@Suite("PodSecurity")
struct PodSecurityTests {
    /// A container that meets the restricted level, but for some members.
    static func container(_ members: JSONObject = [:], security: JSONObject = [:]) -> JSONValue {
        var context: JSONObject = [
            "allowPrivilegeEscalation": false, "capabilities": ["drop": ["ALL"]], "runAsNonRoot": true,
            "seccompProfile": ["type": "RuntimeDefault"],
        ]
        for member in security {
            context[member.key] = member.value
        }
        var container = members
        container["name"] = "app"
        container["securityContext"] = .object(context)
        return .object(container)
    }

    /// A pod with one container that meets the restricted level.
    static func pod(_ spec: JSONObject = [:], _ container: JSONValue = container()) -> PodLens {
        var spec = spec
        spec["containers"] = [container]
        return PodLens(spec: spec)
    }

    /// The controls that refuse a pod, each with the level.
    static func controls(_ security: PodSecurity) -> [String] {
        security.findings.map { "\($0.control.rawValue) \($0.level.rawValue)" }
    }

    @Test("the strictest pod meets the restricted level")
    func restricted() {
        let security = PodSecurity(Self.pod())
        #expect(security.level == .restricted)
        #expect(security.findings.isEmpty)
    }

    @Test("a pod that says nothing meets the baseline level")
    func baseline() {
        let security = PodSecurity(PodLens(spec: ["containers": [["name": "app"]]]))
        #expect(security.level == .baseline)
        #expect(
            Self.controls(security) == [
                "capabilities restricted", "seccomp restricted", "runAsNonRoot restricted",
                "allowPrivilegeEscalation restricted",
            ]
        )
    }

    @Test("the restricted level is looked at only when it is asked for")
    func againstBaseline() {
        let pod = PodLens(spec: ["containers": [["name": "app"]], "volumes": [["name": "v", "nfs": [:]]]])
        #expect(PodSecurity(pod, against: .baseline).findings.isEmpty)
        #expect(PodSecurity(pod, against: .baseline).level == .baseline)
        let privileged = Self.pod(["hostPID": true])
        #expect(PodSecurity(privileged, against: .privileged).findings.isEmpty)
        #expect(PodSecurity(privileged, against: .baseline).level == .privileged)
    }

    @Test("a finding names the container, the field, what is wrong and what to do")
    func finding() throws {
        let security = PodSecurity(Self.pod([:], Self.container(security: ["privileged": true])))
        let finding = try #require(security.findings.first)
        #expect(finding.control == .privileged)
        #expect(finding.container == "app")
        #expect(finding.location.description == "/spec/containers/0/securityContext/privileged")
        #expect(finding.what == "container app is privileged")
        #expect(!finding.fix.isEmpty)
        #expect(security.level == .privileged)
    }

    @Test(
        "all lists of containers count",
        arguments: ["initContainers", "containers", "ephemeralContainers"]
    )
    func lists(_ list: String) {
        var spec: JSONObject = ["containers": [Self.container()]]
        spec[list] = [Self.container(), Self.container(security: ["privileged": true])]
        let security = PodSecurity(PodLens(spec: spec))
        #expect(security.findings.map(\.location.description) == ["/spec/\(list)/1/securityContext/privileged"])
    }

    @Test("every control can refuse, and says at which level")
    func everyControl() {
        let pod = PodLens([
            "metadata": ["annotations": ["container.apparmor.security.beta.kubernetes.io/app": "unconfined"]],
            "spec": [
                "hostNetwork": true,
                "securityContext": [
                    "windowsOptions": ["hostProcess": true], "sysctls": [["name": "kernel.msgmax"]], "runAsUser": 0,
                ],
                "volumes": [["name": "a", "hostPath": ["path": "/"]], ["name": "b", "nfs": ["server": "x"]]],
                "containers": [
                    [
                        "name": "app", "ports": [["hostPort": 80]], "livenessProbe": ["httpGet": ["host": "10.0.0.1"]],
                        "securityContext": [
                            "privileged": true, "procMount": "Unmasked", "seLinuxOptions": ["type": "spc_t"],
                        ],
                    ]
                ],
            ],
        ])
        let found = Set(PodSecurity(pod).findings.map(\.control))
        #expect(found == Set(PodSecurityControl.allCases))
    }

    @Test("findings are bounded, the level is not affected")
    func bounded() {
        let ports = JSONValue.array(Array(repeating: ["hostPort": 1], count: 500))
        let security = PodSecurity(Self.pod([:], Self.container(["ports": ports])))
        #expect(security.findings.count == PodSecurity.maximumFindings)
        #expect(!security.isComplete)
        #expect(security.level == .privileged)
    }

    @Test(
        "wrong types neither trap nor pass for allowed",
        arguments: [
            (["hostNetwork": "false"], .privileged),
            (["hostPID": 0], .privileged),
            (["securityContext": "none"], .restricted),
            (["securityContext": ["runAsNonRoot": "true"]], .baseline),
            (["securityContext": ["seccompProfile": "RuntimeDefault"]], .privileged),
            (["securityContext": ["sysctls": [1, [:]]]], .privileged),
            (["volumes": [1, nil, [:], ["name": 5]]], .restricted),
            (["initContainers": [1, nil], "ephemeralContainers": [:]], .restricted),
            (["initContainers": [["name": 1, "ports": 5, "securityContext": [], "lifecycle": 1]]], .baseline),
        ] as [(JSONObject, PodSecurityLevel)]
    )
    func wrongTypes(_ spec: JSONObject, _ expected: PodSecurityLevel) {
        #expect(PodSecurity(Self.pod(spec)).level == expected)
    }

    @Test("a long name is cut in a message")
    func longName() {
        let name = String(repeating: "a\n", count: 5000)
        let security = PodSecurity(PodLens(spec: ["containers": [["name": .string(name)]]]))
        #expect(security.findings.allSatisfy { $0.what.utf8.count < 200 && !$0.what.contains("\n") })
    }
}
