import Injection
import JSON

extension DecisionTests {
    /// A default rule for every pod.
    static let byDefault = "rules: {all: {inject: [logs]}}"
    /// A required rule for every pod.
    static let required = "rules: {all: {inject: [logs], mode: required}}"

    /// The rows of the decision, in its order.
    static let rows: [DecisionRow] =
        exemptions + rules + kinds + entitlements + conflicts + limits + lifecycles + images + effects

    private static let exemptions = [
        DecisionRow(
            name: "1: an excluded namespace is left alone, even by a required rule",
            policy: [required],
            namespace: "kube-system",
            decision: "skip",
            code: .excludedNamespace
        ),
        DecisionRow(
            name: "1: a mirror pod is left alone, even by a required rule",
            policy: [required],
            metadata: ["annotations": ["kubernetes.io/config.mirror": "x"]],
            decision: "skip",
            code: .mirrorPod
        ),
        DecisionRow(name: "2: a pod that nobody wants anything in", decision: "skip", code: .notRequested),
        DecisionRow(
            name: "2: a misspelt domain is found",
            metadata: ["annotations": ["pilion.dev/inject": "logs", "linkerd.io/inject": "enabled"]],
            decision: "skip",
            code: .notRequested,
            warnings: [.misspeltAnnotation]
        ),
        DecisionRow(
            name: "2: a label is no annotation",
            labels: ["pillion.dev/inject": "logs"],
            decision: "skip",
            code: .notRequested,
            warnings: [.misplacedAnnotation]
        ),
    ]

    private static let rules = [
        DecisionRow(
            name: "2: a default rule adds its sidecar",
            policy: [byDefault],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
        DecisionRow(
            name: "2: a rule for other namespaces adds nothing",
            policy: ["rules: {all: {namespaces: [\"pay*\"], inject: [logs]}}"],
            decision: "skip",
            code: .notRequested
        ),
        DecisionRow(
            name: "2: a rule whose selector does not match adds nothing",
            policy: ["rules: {all: {podSelector: {matchLabels: {tier: web}}, inject: [logs]}}"],
            labels: ["tier": "db"],
            decision: "skip",
            code: .notRequested
        ),
        DecisionRow(
            name: "2: a rule whose selector matches adds its sidecar",
            policy: [
                "rules: {all: {podSelector: {matchExpressions: [{key: tier, operator: Exists}]}, inject: [logs]}}"
            ],
            labels: ["tier": "db"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
        DecisionRow(
            name: "2: opting out of default rules",
            policy: [byDefault],
            annotations: ["inject": "false"],
            decision: "skip",
            code: .optedOut
        ),
        DecisionRow(
            name: "2: excluding the sidecar of a default rule",
            policy: [byDefault],
            annotations: ["exclude": "logs"],
            decision: "skip",
            code: .optedOut
        ),
        DecisionRow(
            name: "2: a required rule wins over opting out, and says so",
            policy: [required],
            annotations: ["inject": "false"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.requiredByRule]
        ),
        DecisionRow(
            name: "2: a required rule wins over excluding, and says so",
            policy: [required],
            annotations: ["exclude": "logs"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.requiredByRule]
        ),
        DecisionRow(
            name: "2: the pod's version goes before a default rule's",
            policy: ["rules: {all: {inject: [logs@1.1.0]}}"],
            annotations: ["inject": "logs@2"],
            decision: "inject",
            code: .injected,
            added: ["logs@2.0.0"]
        ),
        DecisionRow(
            name: "2: a required rule's version goes before the pod's, and says so",
            policy: ["rules: {all: {inject: [logs@1], mode: required}}"],
            annotations: ["inject": "logs@2"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.1.0"],
            warnings: [.requiredByRule]
        ),
        DecisionRow(
            name: "2: the pod chooses a version within a required rule's range",
            policy: ["rules: {all: {inject: [logs@1], mode: required}}"],
            annotations: ["inject": "logs@1.0.0"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
        DecisionRow(
            name: "2: the pod chooses the version where a required rule names none",
            policy: [required],
            annotations: ["inject": "logs@next"],
            decision: "inject",
            code: .injected,
            added: ["logs@2.0.0"]
        ),
        DecisionRow(
            name: "2: what a rule adds comes with what the pod asks for",
            policy: ["rules: {all: {inject: [web]}}"],
            annotations: ["inject": "logs@2.0.0"],
            decision: "inject",
            code: .injected,
            added: ["logs@2.0.0", "proxy@1.0.0"]
        ),
        DecisionRow(
            name: "2: a rollout of all moves the pods that name no version",
            policy: ["rollouts: {logs: {to: 2.0.0, percent: 100, namespaces: [shop]}}"],
            annotations: ["inject": "logs"],
            decision: "inject",
            code: .injected,
            added: ["logs@2.0.0"]
        ),
        DecisionRow(
            name: "2: a rollout of none moves nothing",
            policy: ["rollouts: {logs: {to: 2.0.0, percent: 0}}"],
            annotations: ["inject": "logs"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
        DecisionRow(
            name: "2: a rollout in other namespaces moves nothing",
            policy: ["rollouts: {logs: {to: 2.0.0, percent: 100, namespaces: [\"pay*\"]}}"],
            annotations: ["inject": "logs"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
        DecisionRow(
            name: "2: a pinned version does not move with a rollout",
            policy: ["rollouts: {logs: {to: 2.0.0, percent: 100}}"],
            annotations: ["inject": "logs@1.0.0"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
    ]
}
