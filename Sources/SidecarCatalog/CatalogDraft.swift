import JSON

/// The policy as the `Catalog` document says, before it has met the sidecars.
struct CatalogDraft {
    /// The document with what was found so far; nil when there is none.
    var findings: DocumentFindings?
    /// The name.
    var name = Catalog.defaultName
    /// The domain of annotations.
    var annotationDomain = Catalog.defaultAnnotationDomain
    /// What happens to unknown names.
    var unknown = Catalog.UnknownPolicy.deny
    /// Globs of the namespaces that are left alone.
    var excludedNamespaces = Catalog.defaultExcludedNamespaces
    /// The phases in start order.
    var phases = Catalog.defaultPhases
    /// The containers of a mesh.
    var meshContainers = Catalog.defaultMeshContainers
    /// Fields that are kept as they are.
    var uninterpreted = JSONObject()

    /// The `spec` of the document.
    var spec: JSONValue { findings?.document.value["spec"] ?? [:] }
}
