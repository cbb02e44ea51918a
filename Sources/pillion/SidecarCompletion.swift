import AdmissionWebhook
import ArgumentParser
import SidecarCatalog

/// What can stand where a command takes a sidecar's name.
enum SidecarCompletion {
    /// The names of the catalog's sidecars that begin as the word does.
    ///
    /// A shell calls this while somebody types: a catalog that cannot be read completes nothing and says nothing.
    static let names: CompletionKind = .custom { words, _, prefix in
        let named = words.firstIndex(of: "--catalog").flatMap { index in
            words.indices.contains(index + 1) ? words[index + 1] : nil
        }
        guard let path = named ?? Environment["PILLION_CATALOG"] ?? ShippedCatalog.path,
            let catalog = CatalogReader.read(path).catalog
        else { return [] }
        return catalog.sidecars.map(\.name.rawValue).filter { $0.hasPrefix(prefix) }
    }
}
