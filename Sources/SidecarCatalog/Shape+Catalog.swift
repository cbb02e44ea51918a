import Kubernetes

extension Shape {
    private static let strings = Shape.list(.string)

    /// A document of kind `Catalog`.
    static let catalog = document(spec: catalogSpec, requiresSpec: false)

    /// A document of one of our kinds.
    ///
    /// What kustomize and `kubectl` add to the metadata is tolerated.
    static func document(spec: Shape, requiresSpec: Bool) -> Shape {
        let metadata = Shape.object(
            required: ["name": .string],
            ["labels": .map(.scalar), "annotations": .map(.scalar), "namespace": .string],
            others: .allowed
        )
        guard requiresSpec else {
            return .object(required: ["apiVersion": .string, "kind": .string, "metadata": metadata], ["spec": spec])
        }
        return .object(required: ["apiVersion": .string, "kind": .string, "metadata": metadata, "spec": spec])
    }

    /// A meta/v1 LabelSelector; what its keys, operators and values may be is for the reader of selectors to say.
    private static let selector = Shape.object([
        "matchLabels": .map(.string),
        "matchExpressions": .list(.object(required: ["key": .string, "operator": .string], ["values": strings])),
    ])

    private static let catalogSpec = Shape.object([
        "annotationDomain": .string,
        "unknown": .choice(Catalog.UnknownPolicy.self),
        "namespaces": .object(["excluded": strings]),
        "phases": strings,
        "bundles": .map(strings),
        "meshContainers": strings,
        "sidecarsPerPod": .object(["warnAbove": .integer, "denyAbove": .integer]),
        "images": .object(["allowed": strings, "tags": .choice(ImagePolicy.Tags.self), "rewrite": .map(.string)]),
        "podSecurity": .choice(PodSecurityLevel.self),
        "resources": .object([
            "required": strings, "perPod": .map(.scalar), "guaranteed": .choice(GuaranteedPolicy.self),
        ]),
        "rollouts": .map(
            .object(required: ["to": .string, "percent": .integer], ["namespaces": strings])
        ),
        "rules": .map(
            .object(
                required: ["inject": strings],
                ["namespaces": strings, "podSelector": selector, "mode": .choice(InjectionRule.Mode.self)]
            )
        ),
    ])
}
