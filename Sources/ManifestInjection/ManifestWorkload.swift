public import Injection
import JSON
public import Manifests

/// A Pod or a workload in a manifest, with its place.
public struct ManifestWorkload: Sendable {
    /// Where its pod lies, and what it is called.
    public let template: PodTemplate
    /// Where it is written.
    public let location: ManifestLocation
    private let document: ManifestDocument

    /// Names a pod of a document.
    public init(_ template: PodTemplate, in document: ManifestDocument) {
        self.template = template
        self.document = document
        location = document.location(of: template.workload)
    }

    /// The pods of a document, in order.
    public static func find(in document: ManifestDocument, paths: PodTemplatePaths) -> [ManifestWorkload] {
        PodTemplates.find(in: document.value, paths: paths).map { ManifestWorkload($0, in: document) }
    }

    /// Where it is written, for a person to read.
    public var place: String { location.description }

    /// Its kind and name, as `kubectl` writes them: `Deployment/web`.
    public var subject: String { "\(template.kind)/\(template.name ?? "(generated)")" }

    /// Annotations of ours on the workload itself, where they have no effect.
    public func misplacedAnnotations(_ injector: PodInjector) -> [InjectionWarning] {
        guard template.pointer != template.workload else { return [] }
        let annotations = document.value[template.workload]?["metadata"]?["annotations"]?.object
        return (annotations?.keys ?? []).filter { injector.reads(annotation: $0) }.map { key in
            let text = "annotation \(key) stands on the \(template.kind); it belongs to its pod template"
            return InjectionWarning(.misplacedAnnotation, text)
        }
    }

    /// Its pod.
    ///
    /// - Throws: The place of what is no pod.
    public func pod() throws(WorkloadError) -> Pod {
        do throws(PodError) {
            return try Pod(json: document.value[template.pointer] ?? .null)
        } catch {
            throw WorkloadError(
                code: .notAPod,
                reason: "\(template.kind) \(template.name ?? "without a name"): \(error.reason)",
                location: document.location(of: template.pointer.appending(error.location))
            )
        }
    }

    /// What holds for its pod, where `environment` holds for those whose manifest says nothing else.
    public func environment(from environment: PodEnvironment) -> PodEnvironment {
        var environment = environment.forPods(of: template)
        // The API server asks after ServiceAccount admission, and the request's namespace is the truth.
        if document.value.isAdmissionReview {
            environment.pullSecrets = .applied
            let namespace = document.value["request"]?["namespace"]?.string ?? ""
            if !namespace.isEmpty { environment.namespace = namespace }
        }
        return environment
    }
}
