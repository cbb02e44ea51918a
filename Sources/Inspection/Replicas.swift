package import JSON

/// How many pods a workload has.
package enum Replicas {
    /// More than this is no workload, and would make sums meaningless.
    private static let maximum = 1_000_000

    /// The number of pods: what the workload says, else what the API server would fill in.
    ///
    /// | kind | number |
    /// |---|---|
    /// | Pod | 1 |
    /// | DaemonSet | the nodes that its status counts, 1 without a status |
    /// | Job | `parallelism`, of a CronJob that of its template |
    /// | PodTemplate | 0: it makes no pods by itself |
    /// | others | `replicas` |
    package static func count(of workload: JSONValue) -> Int {
        let spec = workload["spec"]
        let number: Int? =
            switch workload["kind"]?.string {
            case nil, "Pod": 1
            case "DaemonSet": workload["status"]?["desiredNumberScheduled"]?.integer
            case "Job": spec?["parallelism"]?.integer
            case "CronJob": spec?["jobTemplate"]?["spec"]?["parallelism"]?.integer
            case "PodTemplate": 0
            default: spec?["replicas"]?.integer
            }
        return min(max(0, number ?? 1), maximum)
    }
}
