import JSON
import Testing

@testable import Inspection

@Suite("Replicas")
struct ReplicasTests {
    @Test(
        "a workload has as many pods as it says, else what the API server fills in",
        arguments: [
            (["kind": "Deployment", "spec": ["replicas": 3]], 3), (["kind": "StatefulSet", "spec": [:]], 1),
            (["kind": "Deployment", "spec": ["replicas": 0]], 0), (["kind": "Rollout", "spec": ["replicas": 7]], 7),
            (["kind": "DaemonSet", "spec": [:], "status": ["desiredNumberScheduled": 12]], 12),
            (["kind": "DaemonSet", "spec": [:]], 1), (["kind": "Job", "spec": ["parallelism": 4]], 4),
            (["kind": "CronJob", "spec": ["jobTemplate": ["spec": ["parallelism": 2]]]], 2),
            (["kind": "Pod", "spec": ["replicas": 9]], 1), (["kind": "PodTemplate"], 0),
            (["kind": "Deployment", "spec": ["replicas": -5]], 0),
            (["kind": "Deployment", "spec": ["replicas": "3"]], 1),
            (["kind": "Deployment", "spec": ["replicas": 9_000_000_000]], 1_000_000),
        ] as [(JSONValue, Int)]
    )
    func count(workload: JSONValue, number: Int) {
        #expect(Replicas.count(of: workload) == number)
    }
}
