import JSON
import Manifests
import SidecarCatalog
import Testing

/// The catalogs of this target's tests.
enum Sample {
    /// A catalog of the given sidecars, by name and body; `policy` is put below its `spec`.
    static func catalog(_ policy: String = "{}", _ sidecars: [(name: String, spec: String)]) throws -> Catalog {
        var text = "apiVersion: pillion.dev/v1\nkind: Catalog\nmetadata: {name: sample}\nspec: \(policy)\n"
        for sidecar in sidecars {
            text +=
                "---\napiVersion: pillion.dev/v1\nkind: Sidecar\nmetadata: {name: \(sidecar.name)}\nspec: \(sidecar.spec)\n"
        }
        let documents = try ManifestReader.documents(in: Array(text.utf8), file: "sample.yaml").map {
            CatalogDocument(file: $0.file, value: $0.value, source: $0.source)
        }
        let (catalog, diagnostics) = CatalogLoader.load(documents)
        return try #require(catalog, "\(diagnostics)")
    }

    /// A sidecar of one version with an image and, before its container, other members.
    static func sidecar(image: String, _ members: String = "") -> String {
        "{versions: {1.0.0: {\(members) container: {image: \"\(image)\"}}}}"
    }
}
