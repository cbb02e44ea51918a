package import JSON
package import Injection
package import SidecarCatalog

/// MutatingAdmissionPolicies that give pods the sidecars which are the same for every pod
/// (https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/).
///
/// | cluster | API version |
/// |---|---|
/// | 1.36 and later | `v1` |
/// | 1.34, 1.35 | `v1beta1`, which the API server has to be told to serve |
/// | earlier | none |
///
/// They stand in for the webhook and not beside it: pods do not get the status annotation by which the webhook tells
/// its own containers from others.
package struct MutatingPolicies {
    /// A sidecar that no policy gives.
    package struct Omission: Sendable {
        /// The sidecar.
        package let name: String
        /// Why, as a phrase behind the name.
        package let reason: String
    }

    /// The first version whose API server knows the policies without alpha features.
    static let firstVersion = KubernetesVersion(major: 1, minor: 34)
    /// The first version that serves `v1`.
    static let stableVersion = KubernetesVersion(major: 1, minor: 36)

    /// The policies, each followed by its binding.
    package private(set) var documents: [JSONValue] = []
    /// The sidecars that are left out, in start order.
    package private(set) var omissions: [Omission] = []

    /// Makes the policies of a catalog.
    ///
    /// - Parameters:
    ///   - catalog: The catalog.
    ///   - settings: What the policies are called, and whom they leave alone.
    ///   - withDefaults: Whether sidecars whose parameters all have defaults are given as well, to pods that set none.
    ///   - clusterVersion: The version of the cluster; nil for one that serves `v1`.
    /// - Throws: `clusterTooOld`, or `expressionTooLong` for a sidecar with very long files.
    package init(
        catalog: Catalog,
        settings: PolicySettings,
        withDefaults: Bool = false,
        clusterVersion: KubernetesVersion? = nil
    ) throws(PolicyError) {
        let version = clusterVersion ?? Self.stableVersion
        guard version >= Self.firstVersion else {
            throw PolicyError(
                code: .clusterTooOld,
                reason:
                    "Kubernetes \(version) has no MutatingAdmissionPolicy but behind an alpha feature; it takes \(Self.firstVersion) or later",
                location: "--cluster-version"
            )
        }
        let apiVersion = "admissionregistration.k8s.io/\(version >= Self.stableVersion ? "v1" : "v1beta1")"
        for sidecar in catalog.sidecars {
            let additions: ConstantAdditions
            do throws(ConstantAdditions.Refusal) {
                additions = try ConstantAdditions(of: sidecar, in: catalog, withDefaults: withDefaults)
            } catch {
                omissions.append(Omission(name: sidecar.name.rawValue, reason: error.reason))
                continue
            }
            let policy = MutatingPolicy(sidecar: sidecar, additions: additions, catalog: catalog)
            documents += try Self.documents(policy, apiVersion, catalog, settings)
        }
    }

    private static func documents(
        _ policy: MutatingPolicy,
        _ apiVersion: String,
        _ catalog: Catalog,
        _ settings: PolicySettings
    ) throws(PolicyError) -> [JSONValue] {
        let suffix = "-\(policy.sidecar.name)"
        let patch = MutatingPolicyPatch(policy: policy)
        guard patch.expression.unicodeScalars.count <= CEL.maximumLength else {
            throw PolicyError(
                code: .expressionTooLong,
                reason:
                    "the patch for \(policy.sidecar.name) has over \(CEL.maximumLength) characters; the API server takes no longer ones",
                location: policy.sidecar.name.rawValue
            )
        }
        let match = PodMatch(catalog: catalog, ownNamespace: settings.ownNamespace)
        return [
            [
                "apiVersion": .string(apiVersion), "kind": "MutatingAdmissionPolicy",
                "metadata": settings.metadata(suffix, of: catalog.hash),
                "spec": [
                    "failurePolicy": "Fail", "reinvocationPolicy": "IfNeeded",
                    "matchConstraints": match.constraints(["CREATE"]),
                    "matchConditions": .array(match.conditions + policy.conditions),
                    "variables": .array(patch.variables.map { PodMatch.named($0.name, $0.expression) }),
                    "mutations": [["patchType": "JSONPatch", "jsonPatch": ["expression": .string(patch.expression)]]],
                ],
            ],
            [
                "apiVersion": .string(apiVersion), "kind": "MutatingAdmissionPolicyBinding",
                "metadata": settings.metadata(suffix, of: catalog.hash),
                "spec": ["policyName": .string(settings.name + suffix)],
            ],
        ]
    }
}
