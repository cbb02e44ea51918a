import SidecarCatalog

extension LintCodes {
    /// Codes of the loader about documents as a whole.
    static let documentsPages = [
        CodePage(
            .unsupportedAPIVersion,
            .error,
            "A document of an API version that this release does not read",
            "The version says how a document is to be understood; guessing would give pods something "
                + "nobody wrote.",
            in: .documents,
            wrong: """
                apiVersion: pillion.dev/v2
                kind: Catalog
                metadata: {name: acme}
                """,
            right: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                """
        ),
        CodePage(
            .unknownKind,
            .error,
            "A document of a kind that a catalog does not hold",
            "A catalog holds one `Catalog` and any number of `Sidecar` documents. Other objects belong "
                + "into another folder; a kustomization beside the catalog is left out.",
            in: .documents,
            wrong: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: SideCar
                metadata: {name: shipper}
                """,
            right: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: shipper}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """
        ),
        CodePage(
            .duplicateCatalog,
            .error,
            "A second Catalog",
            "Policy has one source. With two of them the order of files would decide.",
            in: .documents,
            wrong: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: other}
                """,
            right: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                """
        ),
        CodePage(
            .noCatalog,
            .warning,
            "No Catalog document",
            "Without one the defaults hold: every image is allowed, nothing is limited, and nobody sees "
                + "that this was meant.",
            in: .documents,
            wrong: """
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: shipper}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """,
            right: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: shipper}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """
        ),
        CodePage(
            .duplicateSidecar,
            .error,
            "A sidecar that is declared twice",
            "All versions of a sidecar belong into one document, so that one review sees them.",
            in: .documents,
            wrong: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: shipper}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: shipper}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """,
            right: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: shipper}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """
        ),
    ]
}
