import Foundation
import SidecarCatalog
import Testing

@Suite("Shipped catalog")
struct ShippedCatalogTests {
    @Test("it loads without a finding")
    func loads() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "charts/pillion/catalog")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.hasSuffix(".yaml") && $0 != "kustomization.yaml"
        }.sorted()
        let files = try names.map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
        let (catalog, diagnostics) = try Loaded.all(files.joined(separator: "\n---\n"))
        // Conflicts are declared before every release acts on them.
        #expect(diagnostics.map(\.description) == [])
        #expect(catalog?.sidecars.isEmpty == false)
    }
}
