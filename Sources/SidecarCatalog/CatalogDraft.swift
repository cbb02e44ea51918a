import JSON
import Kubernetes

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
    /// How many sidecars a pod may have.
    var limits = SidecarLimits.none
    /// Which images sidecars may have.
    var images = ImagePolicy.unrestricted
    /// What sidecars have to say about their resources.
    var resources = ResourcePolicy.unrestricted
    /// The level that pods are to have after injection.
    var podSecurity: PodSecurityLevel?

    /// The `spec` of the document.
    var spec: JSONValue { findings?.document.value["spec"] ?? [:] }
}
