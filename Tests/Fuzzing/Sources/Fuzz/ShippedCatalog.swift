import Foundation
import Manifests
import SidecarCatalog

/// The catalog of the chart, read from the repository that the fuzzer was built in.
enum ShippedCatalog {
    private static var repository: URL {
        (0..<5).reduce(URL(fileURLWithPath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    }

    /// Reads it.
    static func load() throws -> Catalog {
        let source = ManifestSource([repository.appendingPathComponent("charts/pillion/catalog").path])
        let names = try source.names().filter { !$0.hasSuffix("/kustomization.yaml") }
        let documents = try names.flatMap { try source.file(named: $0).documents }
        let loaded = CatalogLoader.load(
            documents.map { CatalogDocument(file: $0.file, value: $0.value, source: $0.source) }
        )
        guard let catalog = loaded.catalog else { fatalError("the shipped catalog: \(loaded.diagnostics)") }
        return catalog
    }
}
