extension ReasonCode {
    /// What to do about it, as a sentence; nil where there is nothing to be done.
    ///
    /// Every code that denies a pod has one. Names of annotations go without their domain, which the catalog sets.
    public var remedy: String? {
        switch self {
        case .injected, .repaired, .notPodCreate, .ownNamespace, .alreadyInjected: nil
        case .mirrorPod: "Put the container into the static pod's manifest on the node."
        case .excludedNamespace: "Run the pod in another namespace, or take this one off the catalog's list."
        case .notRequested: "Name the sidecars in the inject annotation of the pod, in a workload of its pod template."
        case .optedOut: "Take away the opt-out (inject: \"false\", or exclude) to get what rules give."
        case .nothingKnown: "Correct the names in the inject annotation; `pillion catalog list` prints those there are."
        case .alreadyInjectedOutdated, .alreadyInjectedUnknownVersion:
            "Inject the template again, or restart the workload where the webhook injects."
        case .windowsPod: "Leave the sidecar out of Windows pods."
        case .hostNetwork: "Do without hostNetwork, or without the sidecar."
        case .noNativeSidecars: "Use a cluster of 1.29 or later; below it only pods that always restart can have it."
        case .unknownSidecar: "Correct the name; `pillion catalog list` prints those there are."
        case .unknownVersion: "Name a version that there is, or none to get the stable one."
        case .contradictoryVersions: "Name the sidecar once, in one version."
        case .contradictoryExclude: "Take the name out of the inject annotation or out of exclude."
        case .unknownParameter: "Correct the parameter's name; `pillion catalog show` prints those there are."
        case .unknownAnnotation: "Correct the annotation's name, or take it away."
        case .notEntitled: "Do without the sidecar, or have the platform team extend its `entitled`."
        case .sunsetVersion: "Name a version that has not ended, or none to get the stable one."
        case .conflictingSidecars: "Do without one of them; exclude one that comes from a rule or a bundle."
        case .tooManySidecars: "Ask for fewer sidecars, or exclude some that rules give."
        case .overBudget: "Ask for fewer sidecars or smaller ones, or have the catalog's budget raised."
        case .imageNotAllowed: "Have the catalog's `images` allow it, or name another where the image is a parameter."
        case .requiredUnknownVersion: "Inject the template again with this catalog."
        case .invalidParameter: "Give the parameter a value that is allowed."
        case .missingParameter: "Set the parameter by its annotation."
        case .annotationNotString: "Put the annotation's value in quotes."
        case .unknownContainer: "Name containers of the pod in the containers annotation."
        case .containerConflict: "Rename the pod's own container."
        case .volumeConflict: "Rename the pod's own volume."
        case .mountConflict: "Move the container's own mount to another path, or set the sidecar's path by a parameter."
        case .environmentConflict: "Take the variable out of the container, or give it the sidecar's value."
        case .portConflict: "Let the application listen on another port, or set the sidecar's by a parameter."
        case .annotationConflict: "Take the annotation away, or give it the sidecar's value."
        case .labelConflict: "Take the label away, or give it the sidecar's value."
        case .fileConflict: "Take away the annotations that hold the sidecar's files; they are written anew."
        case .annotationsTooLarge: "Shorten the pod's annotations, or ask for fewer sidecars with files."
        case .podResourcesTooSmall: "Raise the pod's own `spec.resources`."
        case .patchTooLarge: "Ask for fewer sidecars in one pod."
        case .pullSecretsUnknown: "Say which pull secrets the service account has, with --image-pull-secret."
        case .missingSidecar: "Create the pod again once Pillion's mutating webhook answers."
        case .tamperedSidecar: "Inject the template again, and keep other webhooks from changing the sidecar."
        case .statusChanged: "Leave the status and file annotations of the pod as they are."
        case .malformed: "Send an AdmissionReview of a pod, or a manifest."
        case .patchCheckFailed: "Report the pod and the catalog to Pillion's developers."
        }
    }
}
