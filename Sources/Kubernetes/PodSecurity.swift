import JSON

/// Holds a pod against the Pod Security Standards, as the admission plugin `PodSecurity` does.
///
/// ``PodSecurityControl`` lists what is looked at. A field that has neither an allowed value nor none is refused,
/// whatever its type; parts that are no objects or arrays where the schema has those are left to the API server.
package struct PodSecurity: Sendable {
    /// How many findings are kept; all count for the level.
    package static let maximumFindings = 100

    /// The strictest level that the pod meets, of those that were looked at.
    package private(set) var level: PodSecurityLevel
    /// What is refused, in the order: pod, init containers, containers, ephemeral containers.
    package private(set) var findings: [PodSecurityFinding] = []
    /// Whether all findings were kept.
    package private(set) var isComplete = true

    /// The pod.
    let pod: PodLens
    /// The pod's security context.
    let podContext: JSONObject?
    /// The version of the standards.
    let version: PodSecurityVersion
    /// The strictest level that is looked at.
    private let strictest: PodSecurityLevel

    /// Holds a pod against a level and all that are weaker.
    ///
    /// - Parameters:
    ///   - pod: The pod.
    ///   - strictest: The strictest level to look at.
    ///   - version: The version of the standards.
    package init(
        _ pod: PodLens,
        against strictest: PodSecurityLevel = .restricted,
        version: PodSecurityVersion = .latest
    ) {
        self.pod = pod
        podContext = pod.spec["securityContext"]?.object
        self.version = version
        self.strictest = strictest
        level = strictest
        guard strictest != .privileged else { return }
        checkPod()
        for container in pod.containers {
            check(container)
        }
    }

    /// Whether the controls of the restricted level are looked at.
    var checksRestricted: Bool { strictest == .restricted }

    /// Whether root in the pod is nobody outside, and the version trusts that.
    var isRootHarmless: Bool { version.relaxesUserNamespaces && pod.hasUserNamespace }

    /// Reports what a level refuses.
    ///
    /// - Parameters:
    ///   - control: The control.
    ///   - refusing: The weakest level that refuses it.
    ///   - container: The container; nil for the pod.
    ///   - path: The field below the container or the pod's spec.
    ///   - what: What is wrong, behind the name of the container or the pod.
    ///   - fix: What to do about it.
    mutating func report(
        _ control: PodSecurityControl,
        _ refusing: PodSecurityLevel,
        in container: ContainerLens?,
        at path: [String],
        what: @autoclosure () -> String,
        fix: @autoclosure () -> String
    ) {
        guard refusing <= strictest else { return }
        level = min(level, refusing == .baseline ? .privileged : .baseline)
        guard findings.count < Self.maximumFindings else {
            isComplete = false
            return
        }
        let base = container?.pointer ?? JSONPointer(["spec"])
        let subject = container.map { "container \(Excerpt.cut($0.name, to: 63))" } ?? "the pod"
        findings.append(
            PodSecurityFinding(
                control: control,
                level: refusing,
                container: container?.name,
                location: base.appending(JSONPointer(path)),
                what: "\(subject) \(what())",
                fix: fix()
            )
        )
    }

    /// Reports an annotation of the pod that the baseline level refuses.
    mutating func report(_ control: PodSecurityControl, annotation key: String, fix: String) {
        level = .privileged
        guard findings.count < Self.maximumFindings else {
            isComplete = false
            return
        }
        findings.append(
            PodSecurityFinding(
                control: control,
                level: .baseline,
                container: nil,
                location: JSONPointer(["metadata", "annotations", key]),
                what: "the annotation \(Excerpt.cut(key, to: 120)) has a value that is not allowed",
                fix: fix
            )
        )
    }
}

extension JSONValue? {
    /// Whether a switch is off: absent, `null` or `false`.
    var isOff: Bool {
        switch self {
        case .none, .null, .bool(false): true
        default: false
        }
    }

    /// Whether a value is absent, `null`, the empty string or zero, all of which Kubernetes takes for not given.
    var isUnset: Bool {
        switch self {
        case .none, .null, .string(""): true
        case .number(let number): number.integer == 0
        default: false
        }
    }
}
