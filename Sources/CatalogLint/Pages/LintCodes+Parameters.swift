import SidecarCatalog

extension LintCodes {
    /// Codes of the loader about parameters and references.
    static let parametersPages = [
        CodePage(
            .invalidParameter,
            .error,
            "A parameter whose declaration contradicts itself",
            "Nobody could set it to anything, or nobody can tell whether it has to be set.",
            in: .version,
            wrong: """
                parameters:
                  level: {type: integer, minimum: 5, maximum: 1, default: 1}
                container: {image: "registry.acme.example/shipper:1.0.0", args: ["--level=$(params.level)"]}
                """,
            right: """
                parameters:
                  level: {type: integer, minimum: 1, maximum: 5, default: 1}
                container: {image: "registry.acme.example/shipper:1.0.0", args: ["--level=$(params.level)"]}
                """
        ),
        CodePage(
            .invalidDefault,
            .error,
            "A default that the parameter itself refuses",
            "Pods that set nothing would be denied.",
            in: .version,
            wrong: """
                parameters:
                  level: {type: enum, values: [info, debug], default: trace}
                container: {image: "registry.acme.example/shipper:1.0.0", args: ["--level=$(params.level)"]}
                """,
            right: """
                parameters:
                  level: {type: enum, values: [info, debug], default: info}
                container: {image: "registry.acme.example/shipper:1.0.0", args: ["--level=$(params.level)"]}
                """
        ),
        CodePage(
            .unusedParameter,
            .warning,
            "A parameter that nothing refers to",
            "Applications set it and nothing happens, which looks like an error of theirs.",
            in: .version,
            wrong: """
                parameters:
                  level: {type: string, default: info}
                container: {image: "registry.acme.example/shipper:1.0.0", args: ["--level=info"]}
                """,
            right: """
                parameters:
                  level: {type: string, default: info}
                container: {image: "registry.acme.example/shipper:1.0.0", args: ["--level=$(params.level)"]}
                """
        ),
        CodePage(
            .unknownReference,
            .error,
            "A reference to something that does not exist",
            "A reference is `$(params.NAME)` with a declared parameter, or one of `$(pod.…)` and "
                + "`$(app.…)`. Anything else in `$(…)` belongs to Kubernetes and is left alone.",
            in: .version,
            wrong: """
                parameters:
                  level: {type: string, default: info}
                container: {image: "registry.acme.example/shipper:1.0.0", args: ["--level=$(params.level) --to=$(params.levle)"]}
                """,
            right: """
                parameters:
                  level: {type: string, default: info}
                container: {image: "registry.acme.example/shipper:1.0.0", args: ["--level=$(params.level)"]}
                """
        ),
        CodePage(
            .misplacedReference,
            .error,
            "A reference where none can stand",
            "Names of members, volumes and files are the shape of a pod; a value never changes the shape.",
            in: .version,
            wrong: """
                parameters:
                  path: {type: path, default: /a}
                container: {image: "registry.acme.example/shipper:1.0.0"}
                files:
                  $(params.path)/b: {text: a}
                """,
            right: """
                parameters:
                  path: {type: path, default: /a}
                container: {image: "registry.acme.example/shipper:1.0.0"}
                files:
                  /etc/shipper/b: {text: $(params.path)}
                """
        ),
    ]
}
