/// Why a pod gets a sidecar, or does not.
package struct SidecarExplanation: Sendable {
    /// What became of it.
    package enum State: String, Sendable {
        /// It is added.
        case added
        /// It is in the pod as it would be added now.
        case present
        /// It is in the pod in another form than the catalog now gives.
        case outdated
        /// It is in the pod with an image that no version in the catalog has.
        case unknownVersion = "unknown-version"
        /// A rule wants it, and the policy is against it.
        case leftOut = "left-out"
        /// Something stands in its way, so that the pod is denied.
        case blocked
        /// Nothing stands in its way, but the pod is denied for something else.
        case withheld
        /// The catalog does not have it, or not in that version.
        case unknown
    }

    /// Who asks for it.
    package enum Asker: Sendable, Equatable {
        /// The pod's annotation, by its own name or that of a bundle.
        case annotation(bundle: String?)
        /// A rule that a pod cannot opt out of, by the sidecar's own name or that of a bundle.
        case requiredRule(String, bundle: String?)
        /// A rule that a pod can opt out of, by the sidecar's own name or that of a bundle.
        case defaultRule(String, bundle: String?)
    }

    /// What led to its version.
    package enum VersionChoice: Sendable, Equatable {
        /// It was named.
        case exact
        /// The highest release in a range that was named.
        case range(String)
        /// A channel that was named leads to it.
        case channel(String)
        /// Nobody named one, and the workload is in the part that a rollout gives it to.
        case rollout(percent: Int)
        /// Nobody named one, and the channel `stable` leads to it.
        case stable
        /// Nobody named one, there is no channel `stable`, and it is the highest release.
        case highest
    }

    /// The value of a parameter.
    package struct Setting: Sendable, Equatable {
        /// Where a value comes from.
        package enum Source: String, Sendable {
            /// The pod's annotation.
            case annotation
            /// The catalog's default.
            case `default`
            /// A default that takes something from the pod.
            case pod
            /// It has none and needs none.
            case unset
        }

        /// The parameter's name.
        package let name: String
        /// The value as text; nil when it has none.
        package let value: String?
        /// Where it comes from.
        package let source: Source
        /// The annotation that sets it.
        package let annotation: String
    }

    /// What has to exist in the namespace.
    package struct Requirements: Sendable, Equatable {
        /// ConfigMaps by name.
        package var configMaps: [String] = []
        /// Secrets by name.
        package var secrets: [String] = []
        /// Whether the token of the service account is used.
        package var serviceAccountToken = false
    }

    /// What of it is in the resulting pod.
    package struct Additions: Sendable, Equatable {
        /// Names in a container.
        package struct Group: Sendable, Equatable {
            /// The container.
            package let container: String
            /// Mount paths, or names of variables.
            package let names: [String]
        }

        /// Init containers, native sidecars among them.
        package let initContainers: [String]
        /// Plain containers.
        package let containers: [String]
        /// Volumes.
        package let volumes: [String]
        /// Annotations.
        package let annotations: [String]
        /// Labels.
        package let labels: [String]
        /// Pull secrets.
        package let imagePullSecrets: [String]
        /// Mount paths by container of the application.
        package let mounts: [Group]
        /// Variables by container of the application.
        package let environment: [Group]
        /// Files in its own container, by path.
        package let files: [String]
    }

    /// Its name as it was asked for.
    package let name: String
    /// What became of it.
    package let state: State
    /// Who asks for it.
    package let asker: Asker
    /// Its version; nil when there is none.
    package let version: String?
    /// What led to the version; nil when there is none.
    package let choice: VersionChoice?
    /// Its phase; nil when the catalog does not have it.
    package let phase: String?
    /// Its parameters in the order in which they are declared; none when they cannot be worked out.
    package let settings: [Setting]
    /// What stands in its way.
    package let objections: [Reason]
    /// What of it is in the pod; nil when it is not there.
    package let additions: Additions?
    /// What it needs in the namespace.
    package let requirements: Requirements
}
