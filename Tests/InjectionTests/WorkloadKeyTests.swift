@testable import Injection
import JSON
import SidecarCatalog
import Testing

@Suite("WorkloadKey")
struct WorkloadKeyTests {
    private func key(_ metadata: JSONObject, _ workload: Workload? = nil) throws -> WorkloadKey {
        let pod = try Pod(json: ["metadata": .object(metadata), "spec": ["containers": []]])
        return WorkloadKey(pod: pod, environment: PodEnvironment(namespace: "shop", workload: workload))
    }

    private func owned(_ kind: String, _ name: String, _ labels: JSONObject = [:]) -> JSONObject {
        let owner: JSONValue = ["kind": .string(kind), "name": .string(name), "controller": true]
        return ["ownerReferences": [["kind": "Other", "name": "other"], owner], "labels": .object(labels)]
    }

    @Test(
        "a pod in the cluster has the key of the workload's manifest",
        arguments: [
            ("Deployment", "web", "ReplicaSet", "web-5d4b", "pod-template-hash=5d4b"),
            ("Rollout", "web", "ReplicaSet", "web-5d4b", "rollouts-pod-template-hash=5d4b"),
            ("CronJob", "report", "Job", "report-28391820", ""),
            ("Job", "import-7", "Job", "import-7", ""),
            ("Job", "2024", "Job", "2024", ""),
            ("StatefulSet", "db-1", "StatefulSet", "db-1", ""),
            ("DaemonSet", "agent", "DaemonSet", "agent", ""),
            ("ReplicaSet", "web-5d4b", "ReplicaSet", "web-5d4b", "pod-template-hash=other"),
        ]
    )
    func same(_ kind: String, _ name: String, _ owner: String, _ ownerName: String, _ label: String) throws {
        let parts = label.split(separator: "=").map(String.init)
        let labels: JSONObject =
            parts.count == 2 ? JSONObject(unique: [.init(key: parts[0], value: .string(parts[1]))]) : [:]
        let online = try key(owned(owner, ownerName, labels))
        let offline = try key(["labels": .object(labels)], Workload(kind: kind, name: name))
        #expect(online.name == offline.name)
        #expect(online.bucket == offline.bucket)
    }

    @Test("the names are those of the workloads")
    func names() throws {
        #expect(try key(owned("ReplicaSet", "web-5d4b", ["pod-template-hash": "5d4b"])).name == "web")
        #expect(try key(owned("Job", "report-28391820")).name == "report")
        #expect(try key(["name": "one", "generateName": "one-"]).name == "one")
        #expect(try key(["generateName": "one-"]).name == "one-")
        #expect(try key([:]).name == "")
    }

    @Test(
        "a bucket never changes, for rollouts would move workloads with a new release",
        arguments: [("web", 5933), ("db", 324), ("", 697)]
    )
    func pinned(_ name: String, _ bucket: Int) throws {
        #expect(try key(["name": .string(name)]).bucket == bucket)
    }

    @Test("a tenth of the buckets has a tenth of the workloads, however alike their names are")
    func spread() throws {
        let count = try (0..<10_000).count { try key(["name": .string("service-\($0)")]).bucket < 1000 }
        #expect((900...1100).contains(count))
    }

    @Test("namespaces are told apart")
    func namespaces() throws {
        let pod = try Pod(json: ["metadata": ["name": "web"], "spec": ["containers": []]])
        let buckets = ["a", "b", "c", "d"].map {
            WorkloadKey(pod: pod, environment: PodEnvironment(namespace: $0)).bucket
        }
        #expect(Set(buckets).count == 4)
    }
}
