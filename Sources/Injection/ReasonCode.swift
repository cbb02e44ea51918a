/// Why a pod got what it got: the stable codes of every decision.
///
/// A code is a metric label, a log field, an audit annotation and what the commands print; it never changes its meaning.
public enum ReasonCode: String, Sendable, CaseIterable {
    // Injected
    /// The sidecars were added.
    case injected
    /// Nothing was added, but a native sidecar got back the restart policy that another webhook had removed.
    case repaired

    // Skipped
    /// The request is not the creation of a pod.
    case notPodCreate = "not-pod-create"
    /// The pod mirrors a static pod, which only its node can change.
    case mirrorPod = "mirror-pod"
    /// The namespace is excluded by the catalog.
    case excludedNamespace = "excluded-namespace"
    /// The namespace is Pillion's own.
    case ownNamespace = "own-namespace"
    /// Nobody asked for a sidecar.
    case notRequested = "not-requested"
    /// The pod opted out.
    case optedOut = "opted-out"
    /// What was asked for is unknown, and the catalog says to warn about that and go on.
    case nothingKnown = "nothing-known"
    /// Every sidecar asked for is there already, unchanged.
    case alreadyInjected = "already-injected"
    /// Every sidecar asked for is there already, one of them as another version or with other parameters.
    case alreadyInjectedOutdated = "already-injected-outdated"
    /// Every sidecar asked for is there already, one of them with an image that no version in the catalog has.
    case alreadyInjectedUnknownVersion = "already-injected-unknown-version"

    // Denied
    /// The pod runs Windows, on which Linux sidecars cannot run.
    case windowsPod = "windows-pod"
    /// The pod uses the host's network, on which the sidecar's ports would be the node's.
    case hostNetwork = "host-network"
    /// The cluster has no native sidecars and the sidecar cannot do without them in this pod.
    case noNativeSidecars = "no-native-sidecars"
    /// The catalog has no sidecar or bundle of that name.
    case unknownSidecar = "unknown-sidecar"
    /// The sidecar has no such version.
    case unknownVersion = "unknown-version"
    /// The same sidecar is asked for in two versions.
    case contradictoryVersions = "contradictory-versions"
    /// A sidecar is asked for and excluded at once.
    case contradictoryExclude = "contradictory-exclude"
    /// The sidecar has no such parameter.
    case unknownParameter = "unknown-parameter"
    /// No annotation of that name has a meaning.
    case unknownAnnotation = "unknown-annotation"
    /// The sidecar is not for this namespace or service account.
    case notEntitled = "not-entitled"
    /// The version is past its sunset date, and the catalog enforces that.
    case sunsetVersion = "sunset-version"
    /// Two sidecars cannot be in one pod.
    case conflictingSidecars = "conflicting-sidecars"
    /// The pod would have more sidecars than the catalog allows.
    case tooManySidecars = "too-many-sidecars"
    /// The sidecars would request more than the catalog allows in one pod.
    case overBudget = "over-budget"
    /// The sidecar would have an image that the catalog does not allow.
    case imageNotAllowed = "image-not-allowed"
    /// A required sidecar is there already, with an image that no version in the catalog has.
    case requiredUnknownVersion = "required-unknown-version"
    /// A parameter has a value that the catalog does not allow.
    case invalidParameter = "invalid-parameter"
    /// A parameter has no value and no default that can be used.
    case missingParameter = "missing-parameter"
    /// An annotation has a value that is not a string.
    case annotationNotString = "annotation-not-string"
    /// An annotation names a container that the pod does not have.
    case unknownContainer = "unknown-container"
    /// A container of the pod has the name of one that would be added.
    case containerConflict = "container-conflict"
    /// A volume of the pod has the name of one that would be added, and another source.
    case volumeConflict = "volume-conflict"
    /// A container of the application mounts something else where the sidecar mounts.
    case mountConflict = "mount-conflict"
    /// A container of the application has another value for an environment variable of the sidecar.
    case environmentConflict = "environment-conflict"
    /// A container of the pod listens on a port of the sidecar.
    case portConflict = "port-conflict"
    /// The pod has another value for an annotation of the sidecar.
    case annotationConflict = "annotation-conflict"
    /// The pod has another value for a label of the sidecar.
    case labelConflict = "label-conflict"
    /// The pod carries a configuration file of a sidecar with another content than the catalog's.
    case fileConflict = "file-conflict"
    /// The pod's annotations would exceed the API server's limit.
    case annotationsTooLarge = "annotations-too-large"
    /// The pod's own resources (`spec.resources`) are smaller than those of its containers would be.
    case podResourcesTooSmall = "pod-resources-too-small"
    /// The patch would be larger than a webhook's answer may be.
    case patchTooLarge = "patch-too-large"
    /// The pod would get pull secrets and lose those of its service account.
    case pullSecretsUnknown = "pull-secrets-unknown"

    // Denied by the validating webhook
    /// The pod has not got a sidecar that it asks for or a rule gives it: nothing injected it.
    case missingSidecar = "missing-sidecar"
    /// A required sidecar is in the pod, but not as it was injected, or a native one does not run beside the others.
    case tamperedSidecar = "tampered-sidecar"
    /// An update changes the status or a configuration file that Pillion wrote.
    case statusChanged = "status-changed"

    // Not answered
    /// The body is not an AdmissionReview of a pod.
    case malformed
    /// The engine made a patch that it could not apply itself.
    case patchCheckFailed = "patch-check-failed"
}
