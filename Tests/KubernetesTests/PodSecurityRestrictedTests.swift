import JSON
import Kubernetes
import Testing

@Suite("PodSecurity, restricted")
struct PodSecurityRestrictedTests {
    private typealias Tests = PodSecurityTests

    @Test(
        "the security context of a container",
        arguments: [
            (["allowPrivilegeEscalation": nil], ["allowPrivilegeEscalation restricted"]),
            (["allowPrivilegeEscalation": true], ["allowPrivilegeEscalation restricted"]),
            (["runAsNonRoot": nil], ["runAsNonRoot restricted"]),
            (["runAsNonRoot": false], ["runAsNonRoot restricted"]),
            (["runAsUser": 1000], []),
            (["runAsUser": 0], ["runAsUser restricted"]),
            (["runAsUser": "0"], ["runAsUser restricted"]),
            (["seccompProfile": nil], ["seccomp restricted"]),
            (["seccompProfile": ["type": "Localhost", "localhostProfile": "mine"]], []),
            (["capabilities": nil], ["capabilities restricted"]),
            (["capabilities": ["drop": ["NET_RAW"]]], ["capabilities restricted"]),
            (["capabilities": ["drop": ["all"]]], ["capabilities restricted"]),
            (["capabilities": ["drop": ["NET_RAW", "ALL"], "add": []]], []),
            (["capabilities": ["drop": ["ALL"], "add": ["NET_BIND_SERVICE"]]], []),
            (["capabilities": ["drop": ["ALL"], "add": ["CHOWN"]]], ["capabilities restricted"]),
            (["capabilities": ["add": ["CHOWN"]]], ["capabilities restricted", "capabilities restricted"]),
        ] as [(JSONObject, [String])]
    )
    func container(_ security: JSONObject, _ expected: [String]) {
        let result = PodSecurity(Tests.pod([:], Tests.container(security: security)))
        #expect(Tests.controls(result) == expected)
        #expect(result.level == (expected.isEmpty ? .restricted : .baseline))
    }

    @Test(
        "what the pod says goes for containers that say nothing",
        arguments: [
            (["runAsNonRoot": true, "seccompProfile": ["type": "RuntimeDefault"]], []),
            (["runAsNonRoot": true], ["seccomp restricted"]),
            (["seccompProfile": ["type": "RuntimeDefault"]], ["runAsNonRoot restricted"]),
            (
                ["runAsNonRoot": false, "seccompProfile": ["type": "Unconfined"]],
                ["seccomp baseline", "runAsNonRoot restricted"]
            ),
            (
                ["runAsNonRoot": true, "seccompProfile": ["type": "RuntimeDefault"], "runAsUser": 0],
                ["runAsUser restricted"]
            ),
        ] as [(JSONObject, [String])]
    )
    func inherited(_ security: JSONObject, _ expected: [String]) {
        let container = Tests.container(security: ["runAsNonRoot": nil, "seccompProfile": nil])
        let pod = Tests.pod(["securityContext": .object(security)], container)
        #expect(Tests.controls(PodSecurity(pod)) == expected)
    }

    @Test("what a container says does not mend what the pod says")
    func explicit() {
        let pod = Tests.pod(["securityContext": ["runAsNonRoot": false]])
        #expect(PodSecurity(pod).findings.map(\.container) == [nil])
    }

    @Test(
        "volumes are of types that the pod or a claim owns",
        arguments: [
            ("configMap", true), ("csi", true), ("downwardAPI", true), ("emptyDir", true), ("ephemeral", true),
            ("image", true), ("persistentVolumeClaim", true), ("projected", true), ("secret", true), ("nfs", false),
            ("gitRepo", false), ("iscsi", false), ("glusterfs", false), ("rbd", false), ("cephfs", false),
            ("azureFile", false), ("awsElasticBlockStore", false), ("gcePersistentDisk", false), ("flexVolume", false),
            ("somethingNew", false),
        ]
    )
    func volumes(_ type: String, _ isAllowed: Bool) {
        var volume: JSONObject = ["name": "data"]
        volume[type] = [:]
        let security = PodSecurity(Tests.pod(["volumes": [.object(volume)]]))
        #expect(Tests.controls(security) == (isAllowed ? [] : ["volumeTypes restricted"]))
        #expect(security.findings.first?.location.description == (isAllowed ? nil : "/spec/volumes/0/\(type)"))
    }

    @Test("pods for Windows are exempt from what Windows does not know")
    func windows() {
        let context: JSONObject = ["allowPrivilegeEscalation": nil, "capabilities": nil, "seccompProfile": nil]
        let container = Tests.container(security: context)
        #expect(PodSecurity(Tests.pod(["os": ["name": "windows"]], container)).level == .restricted)
        #expect(PodSecurity(Tests.pod(["os": ["name": "linux"]], container)).level == .baseline)
        let root = Tests.container(security: ["runAsNonRoot": nil])
        #expect(PodSecurity(Tests.pod(["os": ["name": "windows"]], root)).level == .baseline)
    }

    @Test("in a user namespace root is harmless since 1.35, but /proc stays masked")
    func userNamespace() {
        let root = Tests.container(security: ["runAsNonRoot": false, "runAsUser": 0])
        let pod = Tests.pod(["hostUsers": false, "securityContext": ["runAsUser": 0, "runAsNonRoot": false]], root)
        #expect(PodSecurity(pod).level == .restricted)
        #expect(PodSecurity(pod, version: PodSecurityVersion(minor: 34)).level == .baseline)
        #expect(PodSecurity(Tests.pod(["hostUsers": true], root)).level == .baseline)

        let proc = Tests.pod(["hostUsers": false], Tests.container(security: ["procMount": "Unmasked"]))
        #expect(PodSecurity(proc).level == .baseline)
        #expect(PodSecurity(proc, version: PodSecurityVersion(minor: 34)).level == .privileged)
    }
}
