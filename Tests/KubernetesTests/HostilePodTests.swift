import Fixtures
import JSON
import Kubernetes
import Testing

@Suite("Hostile pods")
struct HostilePodTests {
    private static let container: JSONValue = [
        "name": "app", "restartPolicy": "Always",
        "ports": [["name": "web", "containerPort": 80, "hostPort": 80, "hostIP": "", "protocol": "TCP"]],
        "resources": ["requests": ["cpu": "1", "memory": 5], "limits": ["cpu": "2", "hugepages-2Mi": "2Mi"]],
        "volumeMounts": [["name": "a", "mountPath": "/a", "subPath": "x"], ["name": "b", "mountPath": "/a/"]],
        "volumeDevices": [["name": "c", "devicePath": "/c"]],
        "livenessProbe": ["httpGet": ["host": "x"]], "lifecycle": ["preStop": ["tcpSocket": ["host": ""]]],
        "securityContext": [
            "privileged": true, "capabilities": ["add": ["CHOWN"], "drop": ["ALL"]], "procMount": "Default",
            "windowsOptions": ["hostProcess": false], "seLinuxOptions": ["type": "container_t", "user": "u"],
            "appArmorProfile": ["type": "Localhost"], "seccompProfile": ["type": "RuntimeDefault"], "runAsUser": 5,
            "runAsNonRoot": true, "allowPrivilegeEscalation": false,
        ],
    ]
    private static let whole: JSONValue = [
        "metadata": ["annotations": ["container.apparmor.security.beta.kubernetes.io/app": "runtime/default"]],
        "spec": [
            "hostNetwork": false, "hostPID": false, "hostUsers": false, "os": ["name": "linux"],
            "securityContext": [
                "sysctls": [["name": "net.ipv4.tcp_syncookies"]], "seccompProfile": ["type": "Localhost"],
                "runAsNonRoot": true, "runAsUser": 1, "seLinuxOptions": ["role": ""],
            ],
            "volumes": [["name": "a", "hostPath": ["path": "/"]], ["name": "b", "emptyDir": [:]]],
            "overhead": ["cpu": "1m"], "resources": ["requests": ["cpu": "1"], "limits": ["memory": "1Gi"]],
            "initContainers": [container, container], "containers": [container, container],
            "ephemeralContainers": [container],
        ],
    ]
    private static let leaves: [JSONValue] = [
        nil, true, false, 0, -1, 80, 9_223_372_036_854_775_807, "", "x", "1Gi", "-1", "9999999999999999999", "Always",
        "ALL", "RuntimeDefault", "/a/../..", "windows", "\u{0}\u{202E}", [], [:], [nil], ["name": [:]],
    ]

    /// The tree with one part in twenty replaced by something else, left out, or doubled.
    private static func mutated(_ json: JSONValue, _ generator: inout SplitMix64) -> JSONValue {
        if Int.random(in: 0..<20, using: &generator) == 0 {
            return leaves[Int.random(in: 0..<leaves.count, using: &generator)]
        }
        switch json {
        case .array(let elements):
            var result = elements.map { mutated($0, &generator) }
            if Int.random(in: 0..<10, using: &generator) == 0 { result += result }
            return .array(result)
        case .object(var object):
            for key in object.keys {
                object[key] = object[key].map { mutated($0, &generator) }
            }
            return .object(object)
        default:
            return json
        }
    }

    @Test("no tree traps, and levels agree with findings", arguments: [11, 12, 13] as [UInt64])
    func noTrap(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<150 {
            let json = Self.mutated(Self.whole, &generator)
            let pod = PodLens(json)
            let security = PodSecurity(pod)
            let baseline = PodSecurity(pod, against: .baseline)
            #expect((security.level == .restricted) == security.findings.isEmpty, "\(json)")
            #expect((security.level == .privileged) == (baseline.level == .privileged), "\(json)")
            #expect(baseline.findings == security.findings.filter { $0.level == .baseline }, "\(json)")
            let resources = PodResources(pod)
            #expect(resources.requests.quantities.values.allSatisfy { $0 >= .zero }, "\(json)")
            #expect(QualityOfService(pod) != .guaranteed || !resources.limits.isEmpty, "\(json)")
            for conflict in PortConflicts(pod).findings + MountConflicts(pod).findings {
                #expect(json[conflict.location] != nil && json[conflict.otherLocation] != nil, "\(json)")
            }
        }
    }
}
