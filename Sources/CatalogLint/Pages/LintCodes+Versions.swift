import SidecarCatalog

extension LintCodes {
    /// Codes of the loader about versions and the start order.
    static let versionsPages = [
        CodePage(
            .invalidVersion,
            .error,
            "A version that is not semantic",
            "Ranges such as `@5` and the choice of the highest release need versions that can be compared "
                + "(semver.org).",
            in: .documents,
            wrong: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: shipper}
                spec: {versions: {"1.0": {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
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
            .unknownVersion,
            .error,
            "A channel that leads to a version that is not declared",
            "Every pod that asks for the channel would be denied.",
            in: .sidecar,
            wrong: "channels: {stable: 2.0.0}",
            right: "channels: {stable: 1.0.0}"
        ),
        CodePage(
            .unknownPhase,
            .error,
            "A phase that the catalog does not list",
            "The phases of the Catalog are the start order; a sidecar outside of it has no place.",
            in: .sidecar,
            wrong: "phase: logging",
            right: "phase: telemetry"
        ),
        CodePage(
            .unknownSidecar,
            .warning,
            "A sidecar that is named and does not exist",
            "The order is kept between sidecars of this catalog only, so the line has no effect.",
            in: .sidecar,
            wrong: "after: [secret-agent]",
            right: "title: Log shipper"
        ),
        CodePage(
            .unknownBundleMember,
            .error,
            "A member of a bundle that does not exist",
            "Every pod that asks for the bundle would be denied.",
            in: .policy,
            wrong: "bundles: {web: [proxy, shiper]}",
            right: "bundles: {web: [proxy, shipper]}"
        ),
        CodePage(
            .orderCycle,
            .error,
            "Sidecars that can only start after each other",
            "No order of the containers is right. Phases come first; `after` and `before` count within a "
                + "phase.",
            in: .documents,
            wrong: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: cache}
                spec: {after: [proxy], versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: proxy}
                spec: {after: [cache], versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """,
            right: """
                apiVersion: pillion.dev/v1
                kind: Catalog
                metadata: {name: acme}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: cache}
                spec: {versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                ---
                apiVersion: pillion.dev/v1
                kind: Sidecar
                metadata: {name: proxy}
                spec: {after: [cache], versions: {1.0.0: {container: {image: "registry.acme.example/shipper:1.0.0"}}}}
                """
        ),
    ]
}
