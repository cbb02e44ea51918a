/// The notation of a manifest.
public enum ManifestFormat: String, Sendable {
    /// YAML 1.1 as Kubernetes reads it.
    case yaml
    /// JSON (RFC 8259).
    case json
}
