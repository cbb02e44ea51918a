import Injection
import JSON

extension DecisionTests {
    /// The kind of the pod.
    static let kinds = [
        DecisionRow(
            name: "4: a Windows pod that asks is denied",
            annotations: ["inject": "logs"],
            spec: ["os": ["name": "windows"]],
            decision: "deny",
            code: .windowsPod
        ),
        DecisionRow(
            name: "4: a Windows pod is left alone by rules, with a warning",
            policy: [required],
            spec: ["os": ["name": "windows"]],
            decision: "skip",
            code: .windowsPod,
            warnings: [.ruleSkipped]
        ),
        DecisionRow(
            name: "4: a pod on the host's network that asks for a listener is denied",
            annotations: ["inject": "proxy"],
            spec: ["hostNetwork": true],
            decision: "deny",
            code: .hostNetwork
        ),
        DecisionRow(
            name: "4: a pod on the host's network gets no listener by rule, but what else it asks for",
            policy: ["rules: {all: {inject: [proxy]}}"],
            annotations: ["inject": "logs"],
            spec: ["hostNetwork": true],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.ruleSkipped]
        ),
    ]

    /// Who may have a sidecar.
    static let entitlements = [
        DecisionRow(
            name: "5: a pod in a namespace that is not entitled is denied",
            annotations: ["inject": "agent"],
            spec: ["serviceAccountName": "web"],
            decision: "deny",
            code: .notEntitled
        ),
        DecisionRow(
            name: "5: a pod of a service account that is not entitled is denied",
            annotations: ["inject": "agent"],
            namespace: "payments",
            decision: "deny",
            code: .notEntitled
        ),
        DecisionRow(
            name: "6: an entitled pod gets the sidecar",
            annotations: ["inject": "agent"],
            spec: ["serviceAccountName": "web"],
            namespace: "payments",
            decision: "inject",
            code: .injected,
            added: ["agent@1.0.0"]
        ),
        DecisionRow(
            name: "5: a default rule passes over a pod that is not entitled, with a warning",
            policy: ["rules: {all: {inject: [agent, logs]}}"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.ruleSkipped]
        ),
        DecisionRow(
            name: "5: when rules pass over all their sidecars, the first reason stands",
            policy: ["rules: {all: {inject: [agent]}}"],
            decision: "skip",
            code: .notEntitled,
            warnings: [.ruleSkipped]
        ),
        DecisionRow(
            name: "5: a required rule denies a pod that is not entitled",
            policy: ["rules: {all: {inject: [agent], mode: required}}"],
            decision: "deny",
            code: .notEntitled
        ),
    ]

    /// Sidecars that cannot be together.
    static let conflicts = [
        DecisionRow(
            name: "5: sidecars that conflict deny the pod",
            annotations: ["inject": "logs, old"],
            decision: "deny",
            code: .conflictingSidecars
        ),
        DecisionRow(
            name: "5: a default rule gives way to a sidecar that the pod asks for",
            policy: [byDefault],
            annotations: ["inject": "old"],
            decision: "inject",
            code: .injected,
            added: ["old@1.0.0"],
            warnings: [.ruleSkipped]
        ),
        DecisionRow(
            name: "5: a required rule does not give way",
            policy: [required],
            annotations: ["inject": "old"],
            decision: "deny",
            code: .conflictingSidecars
        ),
        DecisionRow(
            name: "5: a default rule gives way to a required one",
            policy: ["rules: {a: {inject: [old]}, b: {inject: [logs], mode: required}}"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.ruleSkipped]
        ),
    ]

    /// How many sidecars there may be.
    static let limits = [
        DecisionRow(
            name: "5: more sidecars than are allowed deny the pod, whoever wants them",
            policy: ["sidecarsPerPod: {denyAbove: 1}", byDefault],
            annotations: ["inject": "proxy"],
            decision: "deny",
            code: .tooManySidecars
        ),
        DecisionRow(
            name: "6: more sidecars than are advised are a warning",
            policy: ["sidecarsPerPod: {warnAbove: 1, denyAbove: 2}"],
            annotations: ["inject": "web"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0", "proxy@1.0.0"],
            warnings: [.manySidecars]
        ),
    ]

    /// Versions that end.
    static let lifecycles = [
        DecisionRow(
            name: "6: the last day before deprecation is silent",
            annotations: ["inject": "logs"],
            date: "2027-06-01",
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
        DecisionRow(
            name: "6: a deprecated version is a warning",
            annotations: ["inject": "logs"],
            date: "2027-06-02",
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.deprecatedVersion]
        ),
        DecisionRow(
            name: "6: a version past its sunset is a warning",
            annotations: ["inject": "logs"],
            date: "2027-12-02",
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.sunsetVersion]
        ),
        DecisionRow(
            name: "5: a version past an enforced sunset denies the pod",
            annotations: ["inject": "old"],
            date: "2027-06-02",
            decision: "deny",
            code: .sunsetVersion
        ),
        DecisionRow(
            name: "5: a default rule does not add a version past an enforced sunset",
            policy: ["rules: {all: {inject: [old]}}"],
            date: "2027-06-02",
            decision: "skip",
            code: .sunsetVersion,
            warnings: [.ruleSkipped]
        ),
    ]

    /// Images that pods choose.
    static let images = [
        DecisionRow(
            name: "5: an image by parameter is held to the catalog's list",
            policy: ["images: {allowed: [\"registry.example/*\"]}"],
            annotations: ["inject": "proxy"],
            metadata: ["annotations": ["proxy.pillion.dev/image": "evil.example/proxy:1.0.0"]],
            decision: "deny",
            code: .imageNotAllowed
        ),
        DecisionRow(
            name: "5: an image by parameter is held to the catalog's rule for tags",
            policy: ["images: {tags: immutable}"],
            annotations: ["inject": "proxy"],
            metadata: ["annotations": ["proxy.pillion.dev/image": "registry.example/proxy:1"]],
            decision: "deny",
            code: .imageNotAllowed
        ),
    ]
}
