import JSON
import SidecarCatalog

/// A catalog with everything rendered that rules look at, and the documents it was made of.
final class LintedCatalog {
    /// The catalog.
    let catalog: Catalog
    /// The document of kind `Catalog`; nil when there is none.
    let policy: CatalogDocument?
    /// The sidecars in start order.
    let sidecars: [LintedSidecar]
    /// All versions of all sidecars.
    let versions: [LintedVersion]

    /// The day of the lint; nil when dates are not to be looked at.
    let today: CalendarDate?

    /// Renders every version of every sidecar with its defaults.
    init(_ catalog: Catalog, documents: [CatalogDocument], today: CalendarDate?) {
        self.catalog = catalog
        self.today = today
        policy = documents.first { $0.value["kind"] == "Catalog" }
        var byName: [String: CatalogDocument] = [:]
        for document in documents where document.value["kind"] == "Sidecar" {
            guard let name = document.value["metadata"]?["name"]?.string, byName[name] == nil else { continue }
            byName[name] = document
        }
        sidecars = catalog.sidecars.compactMap { sidecar in
            byName[sidecar.name.rawValue].map { LintedSidecar(sidecar, document: $0) }
        }
        versions = sidecars.flatMap(\.versions)
    }

    /// Whether two sidecars, by their places, may meet in one pod: neither conflicts with the other, and a namespace may
    /// be entitled to both.
    func mayMeet(_ first: Int, _ second: Int) -> Bool {
        guard sidecars.indices.contains(first), sidecars.indices.contains(second) else { return false }
        let (first, second) = (sidecars[first].sidecar, sidecars[second].sidecar)
        guard !first.conflicts.contains(second.name), !second.conflicts.contains(first.name) else { return false }
        let patterns = first.entitled.namespaces.patterns + second.entitled.namespaces.patterns
        guard !patterns.contains(where: { $0.utf8.contains(UInt8(ascii: "*")) }) else { return true }
        return first.entitled.namespaces.patterns.contains { second.entitled.namespaces.matches($0) }
    }
}
