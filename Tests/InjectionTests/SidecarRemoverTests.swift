import Fixtures
import Foundation
@testable import Injection
import JSON
import Manifests
import SidecarCatalog
import Testing

@Suite("SidecarRemover")
struct SidecarRemoverTests {
    /// Read once: the shipped catalog is the largest there is.
    private static let shipped = Result { PodInjector(catalog: try TestCatalog.shipped()) }

    private let remover = SidecarRemover(domain: "pillion.dev")

    private static func inputs() throws -> [String] {
        let folder = Fixture.repository.appendingPathComponent("charts/pillion/tests")
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().filter {
            $0.hasSuffix("/pod.yaml") || $0.hasSuffix("/workload.yaml")
        }.map { folder.appendingPathComponent($0).path }
    }

    @Test("What was injected comes out, to the byte of the text", arguments: try inputs(), [28, 37])
    func roundTrip(path: String, minor: Int) throws {
        let injector = try Self.shipped.get()
        let file = try ManifestFile([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
        for document in file.documents {
            for template in PodTemplates.find(in: document.value) {
                let before = try #require(document.value[template.pointer])
                let environment = PodEnvironment(
                    namespace: "shop",
                    clusterVersion: KubernetesVersion("1.\(minor)"),
                    pullSecrets: .known(["account"])
                )
                let outcome = injector.decide(try Pod(json: before), in: environment)
                guard case .inject = outcome.decision else { continue }
                let removal = try remover.remove(from: try Pod(json: outcome.pod))
                #expect(removal.pod == before)
                #expect(removal.sidecars == outcome.injected.map(\.name))
                let edits = { (pod: JSONValue) in
                    let patch = JSONPatch([.replace(path: template.pointer, value: pod)])
                    return [DocumentEdit(index: document.index, value: try patch.applied(to: document.value))]
                }
                let injected = file.applying(try edits(outcome.pod))
                #expect(injected.rewrites.isEmpty)
                let back = try ManifestFile(injected.bytes).applying(try edits(removal.pod))
                #expect(String(decoding: back.bytes, as: UTF8.self) == String(decoding: file.bytes, as: UTF8.self))
            }
        }
    }

    @Test("A pod without a status is left alone")
    func notInjected() throws {
        let pod = try Pod(json: TestPod.asking("web"))
        #expect(throws: code(.notInjected)) { try remover.remove(from: pod) }
    }

    @Test(
        "A status that does not match is left alone",
        arguments: [
            (#"{"schema":9}"#, RemovalError.Code.unknownStatus),
            (
                #"{"schema":1,"sidecars":[{"name":"x","version":"1","hash":"","initContainers":["x"]}]}"#,
                .statusMismatch
            ),
            (#"{"schema":1,"sidecars":[{"name":"x","version":"1","hash":"","containers":["app"]}]}"#, .statusMismatch),
            (
                #"{"schema":1,"sidecars":[{"name":"app","version":"1","hash":"","containers":["app"]}]}"#,
                .statusMismatch
            ),
            (#"{"schema":1,"sidecars":[{"name":"x","version":"1","hash":"","env":{"app":["A"]}}]}"#, .statusMismatch),
        ]
    )
    func mismatch(status: String, wanted: RemovalError.Code) throws {
        let pod = try Pod(json: TestPod.asking("web", ["pillion.dev/status": status]))
        #expect(throws: code(wanted)) { try remover.remove(from: pod) }
    }

    @Test("What was put into a created parent since stays")
    func laterAdditions() throws {
        let injector = PodInjector(catalog: try TestCatalog.small())
        let before = TestPod.asking("web")
        let volume: JSONValue = ["name": "mine", "emptyDir": [:]]
        let injected = try injector.decide(before).pod
        let changed = try JSONPatch([
            injected["spec"]?["volumes"] == nil
                ? .add(path: JSONPointer(["spec", "volumes"]), value: [volume])
                : .add(path: JSONPointer(["spec", "volumes", "-"]), value: volume)
        ]).applied(to: injected)
        let removal = try remover.remove(from: try Pod(json: changed))
        #expect(removal.pod["spec"]?["volumes"] == [volume])
    }

    private func code(_ code: RemovalError.Code) -> RemovalError {
        RemovalError.example(code)
    }
}

extension RemovalError {
    /// An error of a code at the status annotation, for comparisons.
    fileprivate static func example(_ code: Code) -> RemovalError {
        RemovalError(
            code: code,
            reason: "",
            location: JSONPointer(["metadata", "annotations", "pillion.dev/status"])
        )
    }
}
