import JSON

/// Looks at what the API server does around a call: what it waits for, and what a failure means.
struct WebhookPolicyCheck: Sendable {
    /// What the API server needs to start pods that repair a cluster.
    private static let systemNamespace = "kube-system"
    private static let defaultTimeout = 10

    private let webhook: JSONValue
    private let target: WebhookTarget
    private let name: String

    /// Makes a check of one webhook.
    init(_ webhook: JSONValue, target: WebhookTarget, name: String) {
        self.webhook = webhook
        self.target = target
        self.name = name
    }

    /// What was found.
    var results: [CheckResult] {
        [failurePolicy, timeout, sideEffects, versions, deadlock]
    }

    /// The default is Fail (admissionregistration.k8s.io/v1).
    private var fails: Bool { webhook["failurePolicy"]?.string != "Ignore" }

    private var failurePolicy: CheckResult {
        guard fails, target.path != "/validate" else { return CheckResult(.webhookFailurePolicy, .passed, name, "") }
        let isNarrow = webhook["objectSelector"]?.object?.members.isEmpty == false
        let hasConditions = webhook["matchConditions"]?.array?.isEmpty == false
        guard !isNarrow, !hasConditions else { return CheckResult(.webhookFailurePolicy, .passed, name, "") }
        return CheckResult(
            .webhookFailurePolicy,
            .warned,
            name,
            "with failurePolicy Fail no pod starts while Pillion is away, whether it wants a sidecar or not",
            hint: "set Ignore and let /validate guard, or narrow it by objectSelector or matchConditions"
        )
    }

    private var timeout: CheckResult {
        let seconds = webhook["timeoutSeconds"]?.integer ?? Self.defaultTimeout
        guard (1...30).contains(seconds) else {
            let detail = "timeoutSeconds is \(seconds); the API server takes 1 to 30"
            return CheckResult(.webhookTimeout, .failed, name, detail, hint: "set 5")
        }
        guard (2..<Self.defaultTimeout).contains(seconds) else {
            let detail =
                seconds < 2
                ? "1 s leaves no time to repeat a call that was answered with Retry-After"
                : "\(seconds) s is how long each pod waits when Pillion is away"
            return CheckResult(.webhookTimeout, .warned, name, detail, hint: "set 5")
        }
        return CheckResult(.webhookTimeout, .passed, name, "\(seconds) s")
    }

    private var sideEffects: CheckResult {
        let value = webhook["sideEffects"]?.string ?? ""
        guard !["None", "NoneOnDryRun"].contains(value) else {
            return CheckResult(.webhookSideEffects, .passed, name, "")
        }
        let detail = "sideEffects is '\(Excerpt.cut(value, to: 40))', so dry runs are refused"
        return CheckResult(
            .webhookSideEffects,
            .failed,
            name,
            detail,
            hint: "set None: Pillion changes nothing elsewhere"
        )
    }

    private var versions: CheckResult {
        let versions = webhook["admissionReviewVersions"]?.array?.compactMap(\.string) ?? []
        guard !versions.contains("v1") else { return CheckResult(.webhookVersions, .passed, name, "") }
        let detail = "admissionReviewVersions has no v1"
        return CheckResult(.webhookVersions, .failed, name, detail, hint: "set [v1]")
    }

    /// A webhook that must be asked before its own pods can start never comes back when all of them are gone.
    private var deadlock: CheckResult {
        let excluded = excludedNamespaces
        let own = target.namespace.map { [$0] } ?? []
        let missing = (own + [Self.systemNamespace]).filter { !excluded.contains($0) }
        let asksForPods = target.path == "/mutate" || target.path == "/validate"
        guard !missing.isEmpty, asksForPods, !isOptIn else {
            return CheckResult(.webhookDeadlock, .passed, name, "")
        }
        let blocksItself = fails && missing.contains { own.contains($0) }
        let detail = "the namespaceSelector does not leave out \(missing.joined(separator: " and "))"
        let outcome: CheckResult.Outcome = blocksItself ? .failed : .warned
        let hint = "add kubernetes.io/metadata.name NotIn [\(missing.joined(separator: ", "))]"
        return CheckResult(.webhookDeadlock, outcome, name, detail, hint: hint)
    }

    private var expressions: [JSONValue] {
        webhook["namespaceSelector"]?["matchExpressions"]?.array ?? []
    }

    private var excludedNamespaces: [String] {
        expressions.filter {
            $0["key"]?.string == "kubernetes.io/metadata.name" && $0["operator"]?.string == "NotIn"
        }.flatMap { $0["values"]?.array?.compactMap(\.string) ?? [] }
    }

    /// Whether only namespaces with some label are asked for, which the cluster's own then lack.
    private var isOptIn: Bool {
        let labels = webhook["namespaceSelector"]?["matchLabels"]?.object?.members.isEmpty == false
        return labels || expressions.contains { ["In", "Exists"].contains($0["operator"]?.string ?? "") }
    }
}
