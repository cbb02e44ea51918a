import ArgumentParser
import Injection

/// What the engine is told about the cluster.
struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The cluster's version, for example 1.33. Default: one with native sidecars (1.29 and later).",
            valueName: "version"
        ),
        transform: { text in
            guard let version = KubernetesVersion(text) else {
                throw ValidationError("'\(text)' is not a Kubernetes version such as 1.33")
            }
            return version
        }
    )
    var clusterVersion: KubernetesVersion?

    @Option(help: ArgumentHelp("Pillion's own namespace, whose pods are never touched.", valueName: "name"))
    var ownNamespace: String?

    /// The settings for reviews; the namespace defaults to $POD_NAMESPACE.
    var settings: AdmissionReviewer.Settings {
        AdmissionReviewer.Settings(
            ownNamespace: ownNamespace ?? Environment["POD_NAMESPACE"],
            clusterVersion: clusterVersion
        )
    }
}
