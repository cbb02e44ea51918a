import JSON

extension ManifestReader {
    /// Opens up ConfigMaps that hold manifests, as an installation by a ConfigMap has them.
    ///
    /// A `v1` `ConfigMap` is replaced by the documents in those of its `data` entries whose names end in `.yaml`,
    /// `.yml` or `.json`; every other document stays. Places in the result count from the start of the entry, and the
    /// file's name has the entry's name behind it: `catalog.yaml[data/proxy.yaml]`.
    ///
    /// - Parameters:
    ///   - documents: What was read.
    ///   - limits: What the reading of one entry may cost.
    /// - Returns: The documents with ConfigMaps opened up.
    /// - Throws: The first thing that is wrong in an entry, with its place.
    public static func configMapDocuments(
        _ documents: [ManifestDocument],
        limits: ManifestLimits = ManifestLimits()
    ) throws(ManifestError) -> [ManifestDocument] {
        var opened: [ManifestDocument] = []
        for document in documents {
            guard document.value["apiVersion"]?.string == "v1", document.value["kind"]?.string == "ConfigMap" else {
                opened.append(document)
                continue
            }
            for entry in document.value["data"]?.object?.members ?? [] {
                guard [".yaml", ".yml", ".json"].contains(where: entry.key.hasSuffix), let text = entry.value.string
                else { continue }
                let name = "\(document.file)[data/\(entry.key)]"
                opened += try ManifestReader.documents(in: Array(text.utf8), file: name, limits: limits)
            }
        }
        return opened
    }
}
