import SidecarCatalog

/// The annotations that Pillion reads and writes, under the domain that the catalog sets.
///
/// A class, since whoever looks at a pod has it: a reference is counted once, its texts one by one.
public final class AnnotationKey: Sendable {
    /// The domain, for example `pillion.dev`.
    public let domain: String

    /// The sidecars asked for, or `false`.
    public let inject: String
    /// Sidecars that the pod does without.
    public let exclude: String
    /// The application's containers that receive mounts and environment.
    public let containers: String
    /// What Pillion did, written by it.
    public let status: String
    /// What the keys of inlined files start with.
    public let filePrefix: String

    /// Makes the keys of a domain.
    public init(domain: String) {
        self.domain = domain
        self.inject = "\(domain)/inject"
        self.exclude = "\(domain)/exclude"
        self.containers = "\(domain)/containers"
        self.status = "\(domain)/status"
        self.filePrefix = "\(domain)/file."
    }

    /// The content of an inlined configuration file, written by Pillion.
    public func file(_ sidecar: String, _ index: Int) -> String {
        "\(filePrefix)\(sidecar).\(index)"
    }

    /// A parameter of a sidecar.
    public func parameter(_ parameter: String, of sidecar: String) -> String {
        "\(sidecar).\(domain)/\(parameter)"
    }

    /// The sidecar in front of the domain, empty where the domain stands alone; nil for a prefix that does not end in it.
    func sidecar(in prefix: Substring.UTF8View) -> Substring.UTF8View? {
        guard prefix.count >= domain.utf8.count else { return nil }
        var end = prefix.endIndex
        // From the end, where others differ first.
        let domain = domain.utf8Span.span
        for index in domain.indices.reversed() {
            prefix.formIndex(before: &end)
            guard prefix[end] == domain[index] else { return nil }
        }
        guard end > prefix.startIndex else { return prefix[..<end] }
        prefix.formIndex(before: &end)
        return prefix[end] == UInt8(ascii: ".") ? prefix[..<end] : nil
    }

    /// Whether a key is one of those that people write.
    func isWritten(_ key: String) -> Bool {
        key == inject || key == exclude || key == containers
    }

    /// Whether a key that is not ours is probably meant to be: one of our names under a domain nearly like ours.
    ///
    /// Only our own names are looked at, so that the annotations of others cost nothing.
    func resembles(_ key: String) -> Bool {
        guard let slash = key.utf8.firstIndex(of: UInt8(ascii: "/")) else { return false }
        let name = key.utf8[key.utf8.index(after: slash)...]
        guard Self.written.contains(where: { name.elementsEqual($0.utf8) }) else { return false }
        return NearestName.nearest(to: String(key[..<slash]), among: [domain]) != nil
    }

    /// The names that people write after `domain/`.
    private static let written = ["inject", "exclude", "containers"]
    /// The names that have a meaning after `domain/`, for suggestions.
    static let names = ["inject", "exclude", "containers", "status"]

    /// Marks the pods that mirror static ones (Kubernetes: kubelet).
    static let mirror = "kubernetes.io/config.mirror"
    /// Names the application's main container (kubectl).
    static let defaultContainer = "kubectl.kubernetes.io/default-container"
    /// Lists local volumes that do not keep the cluster autoscaler from removing a node.
    static let safeToEvictVolumes = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes"
}
