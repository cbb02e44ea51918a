public import JSON

/// Takes sidecars out of a pod: the inverse of an injection, from nothing but the pod's status annotation.
///
/// The annotation is information, not authority: unless everything that it names is there, the pod is left alone.
public struct SidecarRemover: Sendable {
    /// A pod without its sidecars.
    public struct Removal: Sendable {
        /// The pod as it was before the injection.
        public let pod: JSONValue
        /// The names of the sidecars that were taken out, in start order.
        public let sidecars: [String]
    }

    private let keys: AnnotationKey

    /// Makes a remover for the sidecars of a domain, for example `pillion.dev`.
    public init(domain: String) {
        keys = AnnotationKey(domain: domain)
    }

    /// Takes every sidecar out that the pod's status lists.
    ///
    /// - Parameter pod: A pod, or the template of a workload.
    /// - Returns: The pod without its sidecars.
    /// - Throws: Why the pod has to stay as it is.
    public func remove(from pod: Pod) throws(RemovalError) -> Removal {
        guard let text = pod.annotation(keys.status) else {
            throw error(.notInjected, "the pod has no annotation \(keys.status): nothing was injected")
        }
        guard let status = InjectionStatus(annotation: text) else {
            throw error(.unknownStatus, "the annotation \(keys.status) cannot be read; take the sidecars out by hand")
        }
        var stripped = StrippedPod(pod.json)
        for entry in status.entries {
            guard entry.containers.allSatisfy({ $0.hasSameBytes(as: entry.name) }) else {
                throw mismatch("lists a container under the sidecar \(entry.name) that has another name")
            }
            stripped.remove(entry)
        }
        for (key, value) in status.previous {
            stripped.setAnnotation(key, to: value)
        }
        stripped.setAnnotation(keys.status, to: nil)
        for parent in status.created.reversed() {
            stripped.removeEmptyParent(parent, leavesNull: status.nulls.contains(parent))
        }
        if let missing = stripped.missing.first {
            throw mismatch("names the \(missing), which the pod does not have exactly once")
        }
        guard let rest = stripped.pod["spec"]?["containers"]?.array, !rest.isEmpty else {
            throw mismatch("leaves no container")
        }
        return Removal(pod: stripped.pod, sidecars: status.entries.map(\.name))
    }

    private func mismatch(_ what: String) -> RemovalError {
        error(
            .statusMismatch,
            "the annotation \(keys.status) \(what); the pod was changed since, or the mark is copied"
        )
    }

    private func error(_ code: RemovalError.Code, _ reason: String) -> RemovalError {
        RemovalError(
            code: code,
            reason: reason,
            location: JSONPointer(["metadata", "annotations", keys.status])
        )
    }
}
