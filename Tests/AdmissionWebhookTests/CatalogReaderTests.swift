import AdmissionWebhook
import Fixtures
import Foundation
import Manifests
import SidecarCatalog
import Testing

@Suite("CatalogReader")
struct CatalogReaderTests {
    @Test("a file, a folder with subfolders and a kustomization, and a ConfigMap hold the same catalog")
    func shapes() throws {
        let folder = try TemporaryFolder()
        try folder.write(catalogText(), to: "tree/deep/one.yaml")
        try folder.write("kind: Kustomization\nresources: [deep/one.yaml]\n", to: "tree/kustomization.yaml")
        try folder.write(catalogText(), to: "one.yaml")
        let indented = catalogText().split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
        try folder.write("apiVersion: v1\nkind: ConfigMap\ndata:\n  one.yaml: |\n\(indented)\n", to: "map.yaml")
        let hashes = ["tree", "one.yaml", "map.yaml"].map { CatalogReader.read("\(folder.path)/\($0)").catalog?.hash }
        #expect(hashes[0] != nil)
        #expect(Set(hashes).count == 1)
    }

    @Test("a ConfigMap mount is read through its links, once")
    func mount() throws {
        let folder = try TemporaryFolder()
        try folder.write(catalogText(), to: "..2026/one.yaml")
        try folder.link("..data", to: "..2026")
        try folder.link("one.yaml", to: "..data/one.yaml")
        let reading = CatalogReader.read(folder.path)
        #expect(reading.catalog?.sidecars.count == 1, "\(reading.problems)")
    }

    @Test("what is wrong is named with file, line and column")
    func places() throws {
        let folder = try TemporaryFolder()
        try folder.write(catalogText().replacing("container", with: "contaner"), to: "bad.yaml")
        let problems = CatalogReader.read(folder.path).problems
        #expect(problems.contains("bad.yaml:6:"))
        #expect(problems.contains("container"))
    }

    @Test("a path that leads nowhere and a folder without manifests are errors")
    func missing() throws {
        let folder = try TemporaryFolder()
        #expect(CatalogReader.read("\(folder.path)/none").error?.code == .notFound)
        #expect(CatalogReader.read(folder.path).error?.code == .notFound)
        try folder.write("# nothing\n---\n", to: "empty.yaml")
        #expect(CatalogReader.read(folder.path).error?.code == .notFound)
    }

    @Test("the shipped catalog is sound")
    func shipped() {
        let reading = CatalogReader.read(Fixture.repository.appendingPathComponent("charts/pillion/catalog").path)
        let names = reading.catalog?.sidecars.map(\.name.rawValue) ?? []
        #expect(["proxy", "secrets-agent", "log-shipper"].allSatisfy(names.contains))
        #expect(reading.diagnostics.map(\.description) == [])
    }
}
