import SidecarCatalog

extension LintCodes {
    /// Codes of the loader about policy.
    static let policyPages = [
        CodePage(
            .invalidDate,
            .error,
            "A date that is none, or comes before one it has to follow",
            "Dates are written YYYY-MM-DD in quotes or without; the sunset of a version cannot come "
                + "before its deprecation.",
            in: .version,
            wrong: """
                lifecycle: {deprecatedAfter: "2027-06-31"}
                container: {image: "registry.acme.example/shipper:1.0.0"}
                """,
            right: """
                lifecycle: {deprecatedAfter: "2027-06-30"}
                container: {image: "registry.acme.example/shipper:1.0.0"}
                """
        ),
        CodePage(
            .invalidSelector,
            .error,
            "A label selector that Kubernetes would refuse",
            "A selector that is read in another way than it was meant would give sidecars to the wrong "
                + "pods.",
            in: .policy,
            wrong: """
                rules:
                  web:
                    inject: [proxy]
                    podSelector: {matchExpressions: [{key: tier, operator: Inn, values: [web]}]}
                """,
            right: """
                rules:
                  web:
                    inject: [proxy]
                    podSelector: {matchExpressions: [{key: tier, operator: In, values: [web]}]}
                """
        ),
        CodePage(
            .imageNotAllowed,
            .error,
            "An image that the catalog's own policy refuses",
            "`images.allowed` and `images.tags` hold for every container of the catalog. An image that a "
                + "parameter names is checked with its default here, and again when a pod sets it.",
            in: .policy,
            wrong: "images: {allowed: [\"docker.io/*\"]}",
            right: "images: {allowed: [\"registry.acme.example/*\"]}"
        ),
        CodePage(
            .conflictingSidecars,
            .error,
            "A bundle or a rule that brings sidecars together which conflict",
            "Every pod that asks for the bundle, or that the rule is about, would be denied.",
            in: .documents,
            wrong: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                spec: {bundles: {web: [cache, proxy]}}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: cache}
                spec: {conflicts: [proxy], versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: proxy}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """,
            right: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                spec: {bundles: {web: [proxy]}}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: cache}
                spec: {conflicts: [proxy], versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: proxy}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """
        ),
    ]
}
