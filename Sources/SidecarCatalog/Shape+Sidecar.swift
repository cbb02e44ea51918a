extension Shape {
    private static let strings = Shape.list(.string)

    /// A document of kind `Sidecar`.
    static let sidecar = document(spec: sidecarSpec, requiresSpec: true)

    private static let sidecarSpec = Shape.object(
        required: ["versions": .map(version)],
        [
            "title": .string,
            "description": .string,
            "owner": .object(required: ["team": .string], ["contact": .string, "docs": .string]),
            "phase": .string,
            "after": strings,
            "before": strings,
            "conflicts": strings,
            "entitled": .object(["namespaces": strings, "serviceAccounts": strings]),
            "refuses": .object(["hostNetwork": .boolean]),
            "withoutNativeSidecars": .choice(Sidecar.Fallback.self),
            "channels": .map(.string),
            "resources": .object(["guaranteed": .choice(GuaranteedPolicy.self)]),
            "podSecurityException": .either(.string, .object(required: ["reason": .string])),
        ]
    )

    private static let version = Shape.object(
        required: ["container": .container],
        [
            "lifecycle": .object([
                "deprecatedAfter": .string, "sunsetAfter": .string, "replacedBy": .string,
                "enforce": .choice(VersionLifecycle.Enforcement.self),
            ]),
            "parameters": .map(parameter),
            "requires": .object(["configMaps": strings, "secrets": strings, "serviceAccountToken": .boolean]),
            "setup": .map(.setupStep),
            "files": .map(.object(["yaml": .any, "json": .any, "text": .chosen(.string)])),
            "volumes": .list(.object(required: ["name": .string], ["shared": .boolean], others: .allowed)),
            "app": .object([
                "containers": .choice(AppChanges.Containers.self),
                "volumeMounts": .list(.mount),
                "env": .list(.variable),
            ]),
            "pod": .object([
                "annotations": .map(.scalar),
                "labels": .map(.scalar),
                "imagePullSecrets": .list(.object(required: ["name": .string])),
            ]),
            "resources": .object(["guaranteed": .choice(GuaranteedPolicy.self)]),
        ]
    )

    private static let parameter = Shape.object(
        required: ["type": .choice(ParameterType.self)],
        [
            "description": .string, "default": .any, "required": .boolean, "minimum": .scalar, "maximum": .scalar,
            "pattern": .string, "values": .list(.scalar), "items": .any,
        ]
    )

    /// What the items of a list look like, when it is more than the name of a type.
    static let parameterItems = Shape.object(
        required: ["type": .choice(ParameterType.self)],
        ["minimum": .scalar, "maximum": .scalar, "pattern": .string, "values": .list(.scalar)]
    )
}
