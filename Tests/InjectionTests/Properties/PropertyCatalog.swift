import Injection
import JSON
import SidecarCatalog
import Testing

/// A catalog for random tests, with its documents as they were written.
struct PropertyCatalog {
    let name: String
    let injector: PodInjector
    /// Each `spec` by the sidecar's name.
    let specs: [String: JSONValue]

    /// What can be asked for: sidecars with versions and channels, and bundles.
    let requests: [String]

    /// Loads documents that have to be in order.
    init(_ name: String, _ documents: [CatalogDocument]) throws {
        self.name = name
        let loaded = CatalogLoader.load(documents)
        let catalog = try #require(loaded.catalog, "\(loaded.diagnostics)")
        injector = PodInjector(catalog: catalog)
        var specs: [String: JSONValue] = [:]
        for document in documents where document.value["kind"] == "Sidecar" {
            guard let name = document.value["metadata"]?["name"]?.string else { continue }
            specs[name] = document.value["spec"]
        }
        self.specs = specs
        requests =
            catalog.names
            + catalog.sidecars.flatMap { sidecar in
                sidecar.versions.map { "\(sidecar.name)@\($0.text)" }
                    + sidecar.channels.map { "\(sidecar.name):\($0.name)" }
            }
    }

    /// The catalog that ships with the chart.
    static func shipped() throws -> PropertyCatalog {
        try PropertyCatalog("shipped", try TestCatalog.shippedDocuments())
    }

    /// A catalog in which a parameter of each type stands in every kind of place.
    static func synthetic() throws -> PropertyCatalog {
        try PropertyCatalog("synthetic", try TestCatalog.documents(SyntheticCatalog.text))
    }

    /// The version of an injected sidecar, as the catalog writes it.
    func declaration(of sidecar: String, _ version: String) -> JSONValue {
        specs[sidecar]?["versions"]?[version] ?? .null
    }
}
