import Injection
import JSON
import Manifests

/// A Pod or a workload in a manifest, with its place.
struct ManifestWorkload {
    /// Where its pod lies, and what it is called.
    let template: PodTemplate
    /// Where it is written.
    let place: String

    /// Names a pod of a document.
    init(_ template: PodTemplate, in document: ManifestDocument) {
        self.template = template
        place = document.location(of: template.workload).description
    }

    /// Its pod.
    ///
    /// - Throws: The place of what is no pod.
    func pod(of document: ManifestDocument) throws -> Pod {
        do throws(PodError) {
            return try Pod(json: document.value[template.pointer] ?? .null)
        } catch {
            let place = document.location(of: template.pointer.appending(error.location))
            throw CommandFailure("\(place): \(template.kind) \(template.name ?? "without a name"): \(error.reason)")
        }
    }

    /// What holds for its pod, where `environment` holds for those whose manifest says nothing else.
    func environment(from environment: PodEnvironment) -> PodEnvironment {
        var environment = environment
        // A Pod knows its owner itself.
        if template.pointer != template.workload {
            environment.workload = template.name.map { Workload(kind: template.kind, name: $0) }
        }
        if let namespace = template.namespace, !namespace.isEmpty { environment.namespace = namespace }
        return environment
    }
}
