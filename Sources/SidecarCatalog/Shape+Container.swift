extension Shape {
    /// A core/v1 Container as far as the catalog looks into it (Kubernetes 1.37).
    static let container = Shape.object(required: ["image": .string], containerMembers, others: .doubtful)

    /// A container of `setup` with the member that says where it stands.
    static let setupStep: Shape = {
        guard case .object(let members, let others) = container else { return container }
        let place = Member(name: "place", shape: .choice(SetupStep.Place.self), isRequired: false)
        return .object(members + [place], others: others)
    }()

    /// A core/v1 VolumeMount.
    static let mount = Shape.object(
        required: ["name": .string, "mountPath": .string],
        [
            "readOnly": .any, "subPath": .string, "subPathExpr": .string, "mountPropagation": .string,
            "recursiveReadOnly": .string,
        ],
        others: .doubtful
    )

    /// A core/v1 EnvVar.
    static let variable = Shape.object(
        required: ["name": .string],
        ["value": .scalar, "valueFrom": .map(.any)],
        others: .doubtful
    )

    private static let port = Shape.object(
        required: ["containerPort": .any],
        ["name": .string, "protocol": .choice(["TCP", "UDP", "SCTP"]), "hostPort": .any, "hostIP": .string],
        others: .doubtful
    )

    private static let containerMembers: KeyValuePairs<String, Shape> = [
        "args": .listOrReference(.chosen(.scalar)),
        "command": .listOrReference(.scalar),
        "env": .list(.chosen(variable)),
        "envFrom": .list(.map(.any)),
        "imagePullPolicy": .string,
        "lifecycle": .map(.any),
        "livenessProbe": .map(.any),
        "name": .any,
        "ports": .list(port),
        "readinessProbe": .map(.any),
        "resizePolicy": .list(.map(.any)),
        "resources": .object(
            ["limits": .map(.scalar), "requests": .map(.scalar), "claims": .list(.any)],
            others: .doubtful
        ),
        "restartPolicy": .any,
        "restartPolicyRules": .any,
        "securityContext": .map(.any),
        "startupProbe": .map(.any),
        "stdin": .any,
        "stdinOnce": .any,
        "terminationMessagePath": .string,
        "terminationMessagePolicy": .string,
        "tty": .any,
        "volumeDevices": .list(.object(required: ["name": .string, "devicePath": .string], others: .doubtful)),
        "volumeMounts": .list(mount),
        "workingDir": .string,
    ]
}
