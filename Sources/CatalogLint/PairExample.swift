/// Examples of two sidecars: the same documents around what differs.
enum PairExample {
    /// A catalog with the sidecars `cache` and `proxy`, each with the fields of its one version.
    static func documents(cache: String, proxy: String) -> String {
        """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata: {name: acme}
        ---
        \(sidecar("cache", cache))
        ---
        \(sidecar("proxy", proxy))
        """
    }

    private static func sidecar(_ name: String, _ version: String) -> String {
        let fields = version.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
        let container = "      container: {image: \"registry.acme.example/\(name):1.0.0\"}\n"
        return """
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: \(name)}
            spec:
              versions:
                1.0.0:
            \(version.contains("container:") ? "" : container)\(fields)
            """
    }
}
