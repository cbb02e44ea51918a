import Injection
import JSON

extension DecisionTests {
    private static let guaranteed: JSONObject = [
        "containers": [
            [
                "name": "app", "image": "a",
                "resources": [
                    "requests": ["cpu": "1", "memory": "1Gi"], "limits": ["cpu": "1", "memory": "1Gi"],
                ],
            ]
        ]
    ]

    /// What sidecars do to a pod's resources and its Pod Security level.
    static let effects = [
        DecisionRow(
            name: "5: sidecars over the budget deny the pod",
            policy: ["resources: {perPod: {cpu: 150m}}"],
            annotations: ["inject": "agent, logs"],
            spec: ["serviceAccountName": "web"],
            namespace: "payments",
            decision: "deny",
            code: .overBudget
        ),
        DecisionRow(
            name: "6: sidecars at the budget are within it",
            policy: ["resources: {perPod: {cpu: 200m, memory: 128Mi}}"],
            annotations: ["inject": "agent, logs"],
            spec: ["serviceAccountName": "web"],
            namespace: "payments",
            decision: "inject",
            code: .injected,
            added: ["agent@1.0.0", "logs@1.0.0"]
        ),
        DecisionRow(
            name: "6: a Guaranteed pod stays Guaranteed",
            annotations: ["inject": "logs"],
            spec: guaranteed,
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
        DecisionRow(
            name: "6: a pod that cannot stay Guaranteed is a warning",
            annotations: ["inject": "proxy"],
            spec: guaranteed,
            decision: "inject",
            code: .injected,
            added: ["proxy@1.0.0"],
            warnings: [.guaranteedLost]
        ),
        DecisionRow(
            name: "6: a catalog that keeps resources as they are loses Guaranteed, with a warning",
            policy: ["resources: {guaranteed: keep}"],
            annotations: ["inject": "logs"],
            spec: guaranteed,
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.guaranteedLost]
        ),
        DecisionRow(
            name: "6: a setup step that needs more than the application is a warning",
            annotations: ["inject": "heavy"],
            decision: "inject",
            code: .injected,
            added: ["heavy@1.0.0"],
            warnings: [.resourceJump]
        ),
        DecisionRow(
            name: "6: a sidecar below the catalog's Pod Security level is a warning",
            policy: ["podSecurity: restricted"],
            annotations: ["inject": "logs"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"],
            warnings: [.podSecurity]
        ),
        DecisionRow(
            name: "6: a weaker level is met",
            policy: ["podSecurity: baseline"],
            annotations: ["inject": "logs"],
            decision: "inject",
            code: .injected,
            added: ["logs@1.0.0"]
        ),
        DecisionRow(
            name: "6: an exception with a reason is respected",
            policy: ["podSecurity: restricted"],
            annotations: ["inject": "heavy"],
            decision: "inject",
            code: .injected,
            added: ["heavy@1.0.0"],
            warnings: [.resourceJump]
        ),
    ]
}
