import JSON
import Kubernetes
import Testing

@Suite("PortConflicts")
struct PortConflictsTests {
    /// A container with ports.
    private static func container(_ name: String, _ ports: [JSONValue], restarts: Bool = false) -> JSONValue {
        var json: JSONObject = ["name": .string(name), "ports": .array(ports)]
        json["restartPolicy"] = restarts ? "Always" : nil
        return .object(json)
    }

    private static func port(_ number: Int, _ transport: String? = nil) -> JSONValue {
        var json: JSONObject = ["containerPort": .integer(number)]
        json["protocol"] = transport.map(JSONValue.string)
        return .object(json)
    }

    private static func pod(_ initContainers: [JSONValue], _ containers: [JSONValue], _ spec: JSONObject = [:])
        -> PodLens
    {
        var spec = spec
        spec["initContainers"] = .array(initContainers)
        spec["containers"] = .array(containers)
        return PodLens(spec: spec)
    }

    private static let app = container("app", [port(8080)])
    private static let other = container("other", [port(8080)])
    private static let setup = container("setup", [port(8080)])
    private static let sidecar = container("sidecar", [port(8080)], restarts: true)
    private static let proxy = container("proxy", [port(8080)], restarts: true)

    @Test(
        "containers conflict when they listen on one port at the same time",
        arguments: [
            ([], [app], []),
            ([], [app, other], ["other/app"]),
            ([sidecar], [app], ["app/sidecar"]),
            ([sidecar, proxy], [], ["proxy/sidecar"]),
            ([setup], [app], []),
            ([setup, sidecar], [], []),
            ([sidecar, setup], [], ["setup/sidecar"]),
            ([setup, setup], [], []),
            ([], [app, container("x", [port(8080, "UDP")])], []),
            ([], [app, container("x", [port(8080, "TCP")])], ["x/app"]),
            ([], [container("x", [port(80), port(80)])], []),
            ([], [app, other, container("x", [port(8080)])], ["other/app", "x/app"]),
        ] as [([JSONValue], [JSONValue], [String])]
    )
    func containerPorts(_ initContainers: [JSONValue], _ containers: [JSONValue], _ expected: [String]) {
        let conflicts = PortConflicts(Self.pod(initContainers, containers))
        #expect(conflicts.findings.map { "\($0.container)/\($0.otherContainer)" } == expected)
        #expect(conflicts.findings.allSatisfy { $0.kind == .containerPort })
    }

    @Test("a finding names both places")
    func finding() throws {
        let conflict = try #require(PortConflicts(Self.pod([Self.sidecar], [Self.app])).findings.first)
        #expect(conflict.location.description == "/spec/containers/0/ports/0")
        #expect(conflict.otherLocation.description == "/spec/initContainers/0/ports/0")
        #expect(conflict.what == "container app listens on port 8080/TCP, as does container sidecar")
        #expect(!conflict.fix.isEmpty)
    }

    @Test(
        "host ports conflict on one address, and on all with any",
        arguments: [
            ("10.0.0.1", "10.0.0.1", "TCP", true), ("10.0.0.1", "10.0.0.2", "TCP", false),
            ("", "10.0.0.1", "TCP", true), ("10.0.0.1", "", "TCP", true), ("0.0.0.0", "", "TCP", true),
            ("10.0.0.1", "10.0.0.1", "UDP", false), ("", "", "UDP", false),
        ]
    )
    func hostPorts(_ first: String, _ second: String, _ transport: String, _ isConflict: Bool) {
        let ports: [JSONValue] = [
            ["containerPort": 80, "hostPort": 8080, "hostIP": .string(first)],
            ["containerPort": 81, "hostPort": 8080, "hostIP": .string(second), "protocol": .string(transport)],
        ]
        for containers in [ports.map { Self.container("x", [$0]) }, [Self.container("x", ports)]] {
            let conflicts = PortConflicts(Self.pod([], containers))
            #expect(conflicts.findings.map(\.kind) == (isConflict ? [.hostPort] : []))
        }
    }

    @Test("in the network of the node a port is a conflict once")
    func hostNetwork() {
        let ports: JSONValue = ["containerPort": 80, "hostPort": 80]
        let pod = Self.pod([], [Self.container("a", [ports]), Self.container("b", [ports])], ["hostNetwork": true])
        #expect(PortConflicts(pod).findings.map(\.kind) == [.containerPort])
    }

    @Test("names are unique among ports that stay open")
    func names() {
        let named: (Int) -> JSONValue = { ["name": "metrics", "containerPort": .integer($0)] }
        let pod = Self.pod(
            [Self.container("setup", [named(1)]), Self.container("sidecar", [named(2)], restarts: true)],
            [Self.container("app", [named(3)])]
        )
        let findings = PortConflicts(pod).findings
        #expect(findings.map(\.kind) == [.portName])
        #expect(findings.map(\.container) == ["app"])
        #expect(findings.map(\.otherContainer) == ["sidecar"])
    }

    @Test("what is no port does not count")
    func hostile() {
        let strange: [JSONValue] = [
            nil, 1, [:], ["containerPort": "80"], ["containerPort": 0], ["containerPort": 70000],
            ["containerPort": 9_223_372_036_854_775_807], ["containerPort": nil],
        ]
        let pod = Self.pod([1, nil], [Self.container("a", strange), Self.container("b", strange), "c"])
        #expect(PortConflicts(pod).findings.isEmpty)
        #expect(PortConflicts(PodLens(["spec": ["containers": [["ports": "all"]]]])).findings.isEmpty)
    }

    @Test("findings are bounded")
    func bounded() {
        let containers = (0..<1000).map { Self.container("c\($0)", [Self.port(80)]) }
        let conflicts = PortConflicts(Self.pod([], containers))
        #expect(conflicts.findings.count == PodConflict.maximumCount)
        #expect(!conflicts.isComplete)
    }
}
