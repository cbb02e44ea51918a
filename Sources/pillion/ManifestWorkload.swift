import Injection
import JSON
import Manifests

/// A Pod or a workload in a manifest, with its place.
struct ManifestWorkload {
    /// Where its pod lies, and what it is called.
    let template: PodTemplate
    /// Where it is written.
    let place: String
    private let annotations: JSONObject?

    /// Names a pod of a document.
    init(_ template: PodTemplate, in document: ManifestDocument) {
        self.template = template
        place = document.location(of: template.workload).description
        annotations = document.value[template.workload]?["metadata"]?["annotations"]?.object
    }

    /// Annotations of ours on the workload itself, where they have no effect.
    func misplacedAnnotations(_ injector: PodInjector) -> [InjectionWarning] {
        guard template.pointer != template.workload else { return [] }
        return (annotations?.keys ?? []).filter { injector.reads(annotation: $0) }.map { key in
            let text = "annotation \(key) stands on the \(template.kind); it belongs to its pod template"
            return InjectionWarning(.misplacedAnnotation, text)
        }
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
        environment.forPods(of: template)
    }
}
