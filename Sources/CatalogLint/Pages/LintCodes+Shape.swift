import SidecarCatalog

extension LintCodes {
    /// Codes of the loader about the shape of documents.
    static let shapePages = [
        CodePage(
            .unknownField,
            .error,
            "A field that does not exist",
            "A misspelt field would be a rule that is believed to hold and does not.",
            in: .sidecar,
            wrong: "tittle: Log shipper",
            right: "title: Log shipper"
        ),
        CodePage(
            .missingField,
            .error,
            "A field that has to be there",
            "What cannot be left out has no default that is right for everybody.",
            in: .version,
            wrong: "container: {args: [--verbose]}",
            right: "container: {image: \"registry.acme.example/shipper:1.0.0\"}"
        ),
        CodePage(
            .wrongType,
            .error,
            "A value of another type than the field has",
            "YAML reads `1.0` as a number and `yes` as a word; quotes say what is meant.",
            in: .sidecar,
            wrong: "title: 5",
            right: "title: \"5\""
        ),
        CodePage(
            .invalidValue,
            .error,
            "A value that is not allowed",
            "The field takes only certain values; the finding lists them.",
            in: .policy,
            wrong: "unknown: refuse",
            right: "unknown: deny"
        ),
        CodePage(
            .invalidName,
            .error,
            "A name that is not spelled as such names are",
            "Names become parts of container names, annotation keys and metric labels, which have rules "
                + "of their own.",
            in: .policy,
            wrong: "phases: [Network]",
            right: "phases: [network, telemetry]"
        ),
        CodePage(
            .duplicateName,
            .error,
            "A name that is used twice, or for two things",
            "In a pod the second would replace the first.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0"}
                volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]
                """,
            right: """
                container: {image: "registry.acme.example/shipper:1.0.0"}
                volumes: [{name: a, emptyDir: {}}, {name: b, emptyDir: {}}]
                """
        ),
        CodePage(
            .nameTooLong,
            .error,
            "A name that becomes too long in the pod",
            "Volumes and setup steps get the name of the sidecar in front of theirs, and Kubernetes "
                + "allows 63 characters.",
            in: .version,
            wrong: """
                container: {image: "registry.acme.example/shipper:1.0.0"}
                setup:
                  prepare-prepare-prepare-prepare-prepare-prepare-prepare-it: {image: "registry.acme.example/shipper:1.0.0"}
                """,
            right: """
                container: {image: "registry.acme.example/shipper:1.0.0"}
                setup:
                  prepare: {image: "registry.acme.example/shipper:1.0.0"}
                """
        ),
    ]
}
