extension Catalog {
    /// The domain of annotations unless the catalog sets one.
    public static let defaultAnnotationDomain = "pillion.dev"
    /// The name of a catalog without a `Catalog` document.
    public static let defaultName = "catalog"
    /// The namespaces that are left alone unless the catalog says otherwise.
    public static let defaultExcludedNamespaces = ["kube-system", "kube-public", "kube-node-lease"]
    /// The phases unless the catalog lists its own.
    public static let defaultPhases = ["network", "secrets", "policy", "telemetry"]
    /// The containers of Istio, Linkerd and Consul that keep their place; `spec.meshContainers` adds to them.
    public static let defaultMeshContainers = [
        "istio-validation", "istio-init", "istio-proxy", "linkerd-init", "linkerd-network-validator", "linkerd-proxy",
        "consul-connect-inject-init", "consul-dataplane",
    ]
}
