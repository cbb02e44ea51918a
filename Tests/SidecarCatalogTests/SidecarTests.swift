import SidecarCatalog
import Testing

@Suite("Sidecar")
struct SidecarTests {
    private func sidecar(_ versions: [String], channels: String = "{}", spec: String = "title: a") throws -> Sidecar {
        let body = versions.map { "    \($0): {container: {image: example/a:1}}\n" }.joined()
        let head =
            "apiVersion: pillion.dev/v1\nkind: Sidecar\nmetadata: {name: a}\nspec:\n  \(spec)\n  channels: \(channels)\n"
        return try #require(try Loaded.catalog(head + "  versions:\n" + body).sidecars.first)
    }

    @Test("a pod that names no version gets what stable leads to")
    func stable() throws {
        let sidecar = try sidecar(["1.0.0", "2.0.0"], channels: "{next: 2.0.0, stable: 1.0.0}")
        #expect(sidecar.version(matching: nil)?.version == SemanticVersion("1.0.0"))
        #expect(sidecar.version(matching: .channel("next"))?.version == SemanticVersion("2.0.0"))
        #expect(sidecar.channels.map(\.name) == ["next", "stable"])
    }

    @Test("without stable it is the highest release")
    func highest() throws {
        let sidecar = try sidecar(["10.0.0", "9.0.0", "11.0.0-rc.1"])
        #expect(sidecar.version(matching: nil)?.version == SemanticVersion("10.0.0"))
        #expect(sidecar.versions.map(\.version.description) == ["9.0.0", "10.0.0", "11.0.0-rc.1"])
    }

    @Test("with prereleases alone there is none")
    func prereleases() throws {
        #expect(try sidecar(["1.0.0-rc.1"]).version(matching: nil) == nil)
    }

    @Test("a channel that does not exist leads nowhere")
    func unknownChannel() throws {
        #expect(try sidecar(["1.0.0"]).version(matching: .channel("edge")) == nil)
    }

    @Test("the host's network is refused when a version listens, unless the sidecar says otherwise")
    func hostNetwork() throws {
        let listening = Document.both(version: ["container: {image: example/a:1, ports: [{containerPort: 80}]}"])
        let willing = Document.both(
            spec: ["refuses: {hostNetwork: false}"],
            version: ["container: {image: example/a:1, ports: [{containerPort: 80}]}"]
        )
        #expect(try Loaded.catalog(listening).sidecars.first?.refusesHostNetwork == true)
        #expect(try Loaded.catalog(willing).sidecars.first?.refusesHostNetwork == false)
        #expect(try Loaded.catalog(Document.both()).sidecars.first?.refusesHostNetwork == false)
    }
}
