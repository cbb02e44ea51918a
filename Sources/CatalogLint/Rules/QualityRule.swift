import JSON
import Kubernetes
import SidecarCatalog

/// A Guaranteed pod stays Guaranteed with the sidecar.
enum QualityRule: LintRule {
    static let pages = [
        CodePage(
            "lowers-quality-of-service",
            .warning,
            "A sidecar that makes Guaranteed pods Burstable",
            "A pod is Guaranteed when every container has limits of CPU and memory that equal its requests. With "
                + "`resources.guaranteed: match` Pillion completes what is half there; of a resource with neither request "
                + "nor limit it knows nothing, and with `keep` it changes nothing. The pod is then evicted before others "
                + "and loses exclusive CPUs.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  resources: {requests: {memory: 64Mi}, limits: {memory: 64Mi}}
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  resources: {requests: {cpu: 20m, memory: 64Mi}, limits: {memory: 64Mi}}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            let policy = version.version.guaranteed ?? catalog.catalog.resources.guaranteed
            for container in version.containers {
                guard let reason = reason(container.json["resources"], policy) else { continue }
                findings.add(
                    pages[0],
                    "a Guaranteed pod becomes Burstable with this container: \(reason)",
                    hint: "set requests or limits of cpu and memory",
                    in: version.document,
                    at: container.pointer.appending("resources"),
                    isAboutName: true
                )
                break
            }
        }
    }

    /// Why the container's class is not Guaranteed; nil when it is, or is made so.
    private static func reason(_ resources: JSONValue?, _ policy: GuaranteedPolicy) -> String? {
        for resource in ["cpu", "memory"] {
            let request = resources?["requests"]?[resource].flatMap { Quantity(json: $0) }
            let limit = resources?["limits"]?[resource].flatMap { Quantity(json: $0) }
            switch policy {
            case .match where request == nil && limit == nil:
                return "it has neither a request nor a limit of \(resource)"
            case .keep where limit == nil:
                return "it has no limit of \(resource), and 'resources.guaranteed' is 'keep'"
            case .keep where request != nil && request != limit:
                return "its request and limit of \(resource) differ, and 'resources.guaranteed' is 'keep'"
            case .match, .keep:
                continue
            }
        }
        return nil
    }
}
