extension InjectionWarning.Code {
    /// A sentence for people.
    public var sentence: String {
        switch self {
        case .unusedParameter: "A parameter is set for a sidecar that the pod does not get."
        case .emptyRequest: "The inject annotation is empty."
        case .unknownIgnored: "Something unknown was ignored, because the catalog says so."
        case .forgedStatus: "The pod carries a status that its containers do not match."
        case .outdated: "A sidecar is in the pod in another form than the catalog's."
        case .restartPolicyRemoved: "Another webhook removed a native sidecar's restartPolicy."
        case .plainContainer: "The sidecar is a plain container here, without start order."
        case .requiredByRule: "A rule of the catalog requires what the pod would do without, or another version."
        case .ruleSkipped: "A rule of the catalog does not add its sidecar to this pod."
        case .deprecatedVersion: "The sidecar's version will end."
        case .sunsetVersion: "The sidecar's version has ended."
        case .manySidecars: "The pod has more sidecars than the catalog advises."
        case .resourceJump: "A setup step raises what the scheduler reserves for the pod."
        case .guaranteedLost: "The pod was Guaranteed and no longer is."
        case .podSecurity: "A sidecar keeps the pod below the catalog's Pod Security level."
        case .misplacedAnnotation: "An annotation of ours stands where it has no effect."
        case .misspeltAnnotation: "An annotation looks like one of ours and is none."
        case .wouldBeDenied: "The pods of the workload would be denied."
        case .omitted: "There are more warnings than are passed on."
        case .duplicateKeys: "The request had members that were written twice."
        }
    }
}
