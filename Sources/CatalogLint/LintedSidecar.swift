import JSON
import SidecarCatalog

/// A sidecar with its versions rendered.
struct LintedSidecar {
    /// The sidecar.
    let sidecar: Sidecar
    /// The document it is declared in.
    let document: CatalogDocument
    /// Its versions, the one that a pod gets by default first.
    let versions: [LintedVersion]

    /// Renders the versions.
    init(_ sidecar: Sidecar, document: CatalogDocument) {
        self.sidecar = sidecar
        self.document = document
        let preferred = sidecar.version(matching: nil)?.version
        let ordered =
            sidecar.versions.filter { $0.version == preferred } + sidecar.versions.filter { $0.version != preferred }
        versions = ordered.map { LintedVersion(sidecar, $0, document: document) }
    }

    /// The name.
    var name: String { sidecar.name.rawValue }
}
