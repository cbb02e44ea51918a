import JSON
import Manifests
import SidecarCatalog
import Testing

/// A catalog as a test writes it.
enum Loaded {
    /// Loads YAML files, named `a.yaml`, `b.yaml` and so on.
    static func all(_ files: String...) throws -> (catalog: Catalog?, diagnostics: Diagnostics) {
        var documents: [CatalogDocument] = []
        for (file, name) in zip(files, ["a.yaml", "b.yaml", "c.yaml"]) {
            for document in try ManifestReader.documents(in: Array(file.utf8), file: name) {
                documents.append(CatalogDocument(file: name, value: document.value, source: document.source))
            }
        }
        return CatalogLoader.load(documents)
    }

    /// The findings of YAML files, one line each.
    static func lines(_ files: String...) throws -> [String] {
        try all(files.joined(separator: "\n---\n")).diagnostics.map(\.description)
    }

    /// Loads YAML that has to be in order.
    static func catalog(_ file: String) throws -> Catalog {
        let (catalog, diagnostics) = try all(file)
        return try #require(catalog, "\(diagnostics)")
    }
}

/// Documents that are in order, to be made wrong in one place.
enum Document {
    /// A catalog with `spec` as it is given, in flow style.
    static func catalog(_ spec: String = "{}") -> String {
        """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata: {name: acme}
        spec: \(spec)

        """
    }

    /// A sidecar with one version 1.0.0; further fields in flow style.
    ///
    /// The version's fields begin on line 7.
    static func sidecar(_ name: String = "shipper", spec: [String] = [], version: [String] = []) -> String {
        let container = version.contains { $0.hasPrefix("container:") } ? [] : ["container: {image: example/a:1}"]
        let versionLines = (version + container).map { "      \($0)" }
        let head = [
            "apiVersion: pillion.dev/v1", "kind: Sidecar", "metadata: {name: \(name)}", "spec:", "  versions:",
            "    1.0.0:",
        ]
        return (head + versionLines + spec.map { "  \($0)" }).joined(separator: "\n") + "\n"
    }

    /// A whole catalog with one sidecar.
    static func both(spec: [String] = [], version: [String] = []) -> String {
        sidecar(spec: spec, version: version) + "---\n" + catalog()
    }
}

extension Catalog {
    /// The first version of the first sidecar.
    var firstVersion: SidecarVersion? { sidecars.first?.versions.first }
}
