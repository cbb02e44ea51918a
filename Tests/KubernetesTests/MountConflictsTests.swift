import JSON
import Kubernetes
import Testing

@Suite("MountConflicts")
struct MountConflictsTests {
    private static func mount(_ volume: String, _ path: String, subPath: String? = nil) -> JSONValue {
        var json: JSONObject = ["name": .string(volume), "mountPath": .string(path)]
        json["subPath"] = subPath.map(JSONValue.string)
        return .object(json)
    }

    private static func pod(_ containers: [[JSONValue]]) -> PodLens {
        PodLens(spec: [
            "containers": .array(
                containers.enumerated().map { index, mounts in
                    ["name": .string("c\(index)"), "volumeMounts": .array(mounts)]
                }
            )
        ])
    }

    @Test(
        "mounts conflict when their cleaned paths are equal",
        arguments: [
            ([mount("a", "/data"), mount("b", "/logs")], false),
            ([mount("a", "/data"), mount("b", "/data/logs")], false),
            ([mount("a", "/data"), mount("b", "/data")], true),
            ([mount("a", "/data"), mount("b", "/data/")], true),
            ([mount("a", "//data/./x"), mount("b", "/data/y/../x")], true),
            ([mount("a", "/data", subPath: "x"), mount("a", "/data/", subPath: "y")], true),
            ([mount("a", "/x", subPath: "same"), mount("a", "/y", subPath: "same")], false),
            ([mount("a", "/Data"), mount("b", "/data")], false),
        ] as [([JSONValue], Bool)]
    )
    func paths(_ mounts: [JSONValue], _ isConflict: Bool) {
        let conflicts = MountConflicts(Self.pod([mounts]))
        #expect(conflicts.findings.map(\.kind) == (isConflict ? [.mountPath] : []))
    }

    @Test("a finding names both mounts")
    func finding() throws {
        let pod = Self.pod([[Self.mount("a", "/x")], [Self.mount("a", "/x"), Self.mount("b", "/x/")]])
        let conflict = try #require(MountConflicts(pod).findings.first)
        #expect(conflict.container == "c1")
        #expect(conflict.location.description == "/spec/containers/1/volumeMounts/1")
        #expect(conflict.otherLocation.description == "/spec/containers/1/volumeMounts/0")
        #expect(conflict.what == "container c1 mounts a and b at /x")
    }

    @Test("a block device has a place too")
    func devices() throws {
        let container: JSONValue = [
            "volumeMounts": [Self.mount("a", "/dev/data")],
            "volumeDevices": [["name": "b", "devicePath": "/dev//data"], 1],
        ]
        let lens = try #require(Array(PodLens(spec: ["containers": [container]]).containers).first)
        #expect(
            MountConflicts(of: lens).findings.map(\.location.description) == ["/spec/containers/0/volumeDevices/0"]
        )
    }

    @Test("a mount is read with cleaned paths")
    func volumeMount() throws {
        let mount = try #require(VolumeMount(json: Self.mount("a", "/x/", subPath: "./y//z/")))
        #expect(mount.volume == "a")
        #expect(mount.path == "/x")
        #expect(mount.subPath == "y/z")
    }

    @Test("what is no mount does not count, and findings are bounded")
    func hostile() {
        let strange: [JSONValue] = [nil, 1, [:], ["mountPath": 5], ["name": "x"], []]
        #expect(MountConflicts(Self.pod([strange + strange])).findings.isEmpty)
        let many = MountConflicts(Self.pod([Array(repeating: Self.mount("a", "/x"), count: 1000)]))
        #expect(many.findings.count == PodConflict.maximumCount)
        #expect(!many.isComplete)
    }
}
