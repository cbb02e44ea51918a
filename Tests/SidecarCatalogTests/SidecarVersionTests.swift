import JSON
import SidecarCatalog
import Testing

@Suite("SidecarVersion")
struct SidecarVersionTests {
    private func version(_ lines: [String]) throws -> SidecarVersion {
        try #require(try Loaded.catalog(Document.both(version: lines)).firstVersion)
    }

    @Test("volumes are called after their sidecar unless they are shared")
    func volumes() throws {
        let version = try version([
            "volumes: [{name: logs, emptyDir: {sizeLimit: 1Mi}}, {name: common, shared: true, emptyDir: {}}]",
            "container: {image: example/a:1, volumeMounts: [{name: logs, mountPath: /a}]}",
            "app: {containers: all, volumeMounts: [{name: common, mountPath: /b}], env: [{name: A, value: 1}]}",
        ])
        #expect(version.volumes.map(\.podName) == ["shipper-logs", "common"])
        #expect(version.volumes.map(\.isShared) == [false, true])
        #expect(version.volume("logs")?.body.constant == ["emptyDir": ["sizeLimit": "1Mi"]])
        #expect(version.app.containers == .all)
        #expect(version.app.env.map(\.constant) == [["name": "A", "value": "1"]])
    }

    @Test("setup steps have a name and a place")
    func setup() throws {
        let version = try version([
            "setup: {fetch: {image: example/b:1}, check: {place: after, image: example/c:1, args: [a]}}"
        ])
        #expect(version.setup.map(\.containerName) == ["shipper-fetch", "shipper-check"])
        #expect(version.setup.map(\.place) == [.before, .after])
        #expect(version.setup.last?.container.constant == ["image": "example/c:1", "args": ["a"]])
    }

    @Test("files know their directory, and become text by their format")
    func files() throws {
        let version = try version([
            "parameters: {count: {type: integer, default: 3}}",
            "files: {/etc/a/b/c.yaml: {yaml: {size: $(params.count), s: $(pod.namespace)}}, /etc/a/d: {json: [1]}, /etc/a/e: {text: n=$(params.count)}}",
        ])
        #expect(version.files.map(\.directory) == ["/etc/a/b", "/etc/a", "/etc/a"])
        #expect(version.files.map(\.name) == ["c.yaml", "d", "e"])
        let contents = try version.files.map { file in
            try file.content(
                file.body.render { (reference) throws(SubstitutionError) in reference == .podNamespace ? "yes" : 3 }
            )
        }
        #expect(contents == ["size: 3\ns: \"yes\"\n", "[\n  1\n]\n", "n=3"])
    }

    @Test("annotations and labels are strings whatever they were written as")
    func pod() throws {
        let version = try version([
            "pod: {annotations: {prometheus.io/scrape: true, prometheus.io/port: 9187}, labels: {a: b}, imagePullSecrets: [{name: x}]}"
        ])
        #expect(version.pod.annotations.constant == ["prometheus.io/scrape": "true", "prometheus.io/port": "9187"])
        #expect(version.pod.labels.constant == ["a": "b"])
        #expect(version.pod.imagePullSecrets.constant == [["name": "x"]])
    }

    @Test("requirements may refer to parameters")
    func requires() throws {
        let version = try version([
            "parameters: {c: {type: name, default: conf}}",
            "requires: {configMaps: [$(params.c)], secrets: [tls], serviceAccountToken: true}",
        ])
        #expect(version.requires.configMaps.first?.references == [.parameter("c")])
        #expect(version.requires.secrets.map(\.constant) == ["tls"])
        #expect(version.requires.serviceAccountToken)
    }
}
