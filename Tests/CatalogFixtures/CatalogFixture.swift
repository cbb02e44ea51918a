import Fixtures
import Foundation
import Manifests
public import SidecarCatalog

/// Catalogs for tests, read as a platform team's would be.
public enum CatalogFixture {
    /// A catalog of a test that has errors.
    struct Refused: Error, CustomStringConvertible {
        let description: String
    }

    /// The catalog that ships with the chart.
    public static func shipped() throws -> Catalog {
        try load(try shippedDocuments())
    }

    /// The documents of the catalog that ships with the chart.
    public static func shippedDocuments() throws -> [CatalogDocument] {
        let folder = Fixture.repository.appendingPathComponent("charts/pillion/catalog")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.filter { $0.hasSuffix(".yaml") && $0 != "kustomization.yaml" }.flatMap { name in
            try documents([UInt8](try Data(contentsOf: folder.appendingPathComponent(name))), file: name)
        }
    }

    /// A catalog in YAML.
    public static func yaml(_ text: String) throws -> Catalog {
        try load(try documents(text))
    }

    /// The documents of a text in YAML.
    public static func documents(_ text: String) throws -> [CatalogDocument] {
        try documents(Array(text.utf8), file: "test.yaml")
    }

    private static func documents(_ bytes: [UInt8], file: String) throws -> [CatalogDocument] {
        try ManifestReader.documents(in: bytes, file: file).map {
            CatalogDocument(file: $0.file, value: $0.value, source: $0.source)
        }
    }

    private static func load(_ documents: [CatalogDocument]) throws -> Catalog {
        let (catalog, diagnostics) = CatalogLoader.load(documents)
        guard let catalog else { throw Refused(description: "\(diagnostics)") }
        return catalog
    }
}
