/// Makes a catalog of documents and says everything that is wrong with them.
public struct CatalogLoader {
    /// Checks documents and makes a catalog of them.
    ///
    /// - Parameter documents: All documents of the catalog, in the order of their files.
    /// - Returns: The catalog, or nil when a finding is an error; and the findings.
    public static func load(_ documents: [CatalogDocument]) -> (catalog: Catalog?, diagnostics: Diagnostics) {
        (nil, Diagnostics())
    }
}
