import Injection
import JSON
import SidecarCatalog

/// One sidecar that a policy gives, and the pods that it gives it to.
///
/// A pod gets it that asks for it or for a bundle with it, in the version that the policy has; that does not exclude it,
/// sets none of its parameters, and is one that the engine would give it to. All other pods pass by unchanged.
struct MutatingPolicy {
    let sidecar: Sidecar
    let additions: ConstantAdditions
    let catalog: Catalog

    /// Our annotation keys.
    var keys: AnnotationKey { AnnotationKey(domain: catalog.annotationDomain) }

    /// The conditions on a pod, cheap ones first; each stands alone, for conditions know no variables.
    var conditions: [JSONValue] {
        let name = CEL.quoted(sidecar.name.rawValue)
        let annotations = "object.metadata.annotations"
        var conditions = [
            PodMatch.named(
                "asks-for-it",
                """
                has(\(annotations)) && \(CEL.quoted(keys.inject)) in \(annotations)
                && \(annotations)[\(CEL.quoted(keys.inject))].split(',', 65)
                .exists(n, n.trim().replace(':', '@') in \(CEL.list(requests)))
                """
            ),
            PodMatch.named(
                "has-not-got-it",
                "!has(object.spec.initContainers) || !object.spec.initContainers.exists(c, c.name == \(name))"
            ),
            PodMatch.named(
                "does-not-exclude-it",
                """
                !(\(CEL.quoted(keys.exclude)) in \(annotations)) || !\(annotations)[\(CEL.quoted(keys.exclude))]
                .split(',', 65).exists(n, n.trim() == \(name))
                """
            ),
            PodMatch.named("fits", CEL.all(kind + Entitled(sidecar.entitled).conditions + peers)),
        ]
        let prefix = CEL.quoted("\(sidecar.name).\(keys.domain)/")
        if !additions.version.parameters.isEmpty {
            let expression = "!\(annotations).exists(k, k.startsWith(\(prefix)))"
            conditions.append(PodMatch.named("sets-no-parameter", expression))
        }
        if !(additions.volumeMounts.isEmpty && additions.environment.isEmpty) {
            let expression = "!(\(CEL.quoted(keys.containers)) in \(annotations))"
            conditions.append(PodMatch.named("names-no-containers", expression))
        }
        return conditions
    }

    /// The items of the annotation that stand for the sidecar in the policy's version.
    private var requests: [String] {
        let version = additions.version.version
        let name = sidecar.name.rawValue
        let ranges = ["*", "\(version.major)", "\(version.major).x", "\(version.major).\(version.minor)"]
        let selectors = [version.description] + ranges + sidecar.channels.map(\.name)
        let versions = selectors.filter { selector in
            VersionSelector(selector).flatMap { sidecar.version(matching: $0) }?.version == version
        }
        let bundles = catalog.bundles.filter { bundle in
            bundle.value.contains { member in
                member.name == sidecar.name && sidecar.version(matching: member.selector)?.version == version
            }
        }
        return [name] + versions.map { "\(name)@\($0)" } + bundles.keys.sorted()
    }

    /// The kinds of pods that can have it.
    private var kind: [String] {
        let windows = [
            "!(has(object.spec.os) && object.spec.os.name == 'windows')",
            "!(has(object.spec.nodeSelector) && 'kubernetes.io/os' in object.spec.nodeSelector "
                + "&& object.spec.nodeSelector['kubernetes.io/os'] == 'windows')",
        ]
        let network = ["!(has(object.spec.hostNetwork) && object.spec.hostNetwork)"]
        let containers = ["object.spec.containers.size() <= \(MutatingPolicyPatch.maximumContainers)"]
        return windows + (sidecar.refusesHostNetwork ? network : []) + containers
    }

    /// Sidecars that it cannot be together with.
    private var peers: [String] {
        guard !sidecar.conflicts.isEmpty else { return [] }
        let names = CEL.list(sidecar.conflicts.map(\.rawValue))
        return [
            "!(has(object.spec.initContainers) && object.spec.initContainers.exists(c, c.name in \(names)))"
        ]
    }
}
