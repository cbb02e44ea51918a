import JSON

/// What a rollout tells workloads apart by: the namespace, and the name that all pods of a workload share.
///
/// | the pod belongs to | name |
/// |---|---|
/// | a ReplicaSet | its name without the hash of the template, which the pod has as a label |
/// | a Job | its name without the number that a CronJob puts behind it |
/// | anything else | its name |
/// | nothing | the pod's own name, else its `generateName` |
///
/// A manifest's Deployment, and the ReplicaSet that the pod in the cluster belongs to, so have the same key.
struct WorkloadKey: Sendable {
    /// How many buckets there are; a hundredth of a percent each.
    static let bucketCount = 10_000

    /// The labels with the hash that Deployments and Argo Rollouts put behind a ReplicaSet's name.
    private static let hashLabels = ["pod-template-hash", "rollouts-pod-template-hash"]

    /// The namespace.
    let namespace: String
    /// The name.
    let name: String

    /// Finds the workload of a pod.
    init(pod: Pod, environment: PodEnvironment) {
        namespace = environment.namespace
        let workload = environment.workload ?? Self.owner(of: pod)
        switch workload?.kind {
        case nil:
            let own = pod.metadata["name"]?.string ?? ""
            name = own.isEmpty ? pod.metadata["generateName"]?.string ?? "" : own
        case "ReplicaSet":
            let suffix = Self.hashLabels.lazy.compactMap { pod.labels?[$0]?.string }.map { "-\($0)" }
                .first { workload?.name.hasSuffix($0) ?? false }
            name = String((workload?.name ?? "").dropLast(suffix?.count ?? 0))
        case "Job":
            name = Self.withoutNumber(workload?.name ?? "")
        default:
            name = workload?.name ?? ""
        }
    }

    /// The bucket of the workload, 0 to 9999: the same for ever, on every machine.
    ///
    /// FNV-1a over namespace, `/` and name, whose bits are then mixed so that similar names lie far apart.
    var bucket: Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in [Array(namespace.utf8), [UInt8(ascii: "/")], Array(name.utf8)].joined() {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return Int((hash ^ (hash >> 33)) % UInt64(Self.bucketCount))
    }

    private static func owner(of pod: Pod) -> Workload? {
        let owners = pod.metadata["ownerReferences"]?.array ?? []
        let owner = owners.first { $0["controller"]?.bool ?? false } ?? owners.first
        guard let kind = owner?["kind"]?.string, let name = owner?["name"]?.string else { return nil }
        return Workload(kind: kind, name: name)
    }

    private static func withoutNumber(_ name: String) -> String {
        guard let last = name.utf8.lastIndex(where: { !(0x30...0x39).contains($0) }) else { return name }
        let end = name.utf8.index(after: last)
        guard end != name.utf8.endIndex, name.utf8[last] == UInt8(ascii: "-"), last != name.utf8.startIndex else {
            return name
        }
        return String(name[..<last])
    }
}
