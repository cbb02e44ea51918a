import SidecarCatalog
import Testing

@Suite("CatalogLoader")
struct CatalogLoaderTests {
    @Test("a mistake is reported with its place, what is allowed and its code", arguments: mistakes)
    func mistake(_ mistake: Mistake) throws {
        let lines = try Loaded.lines(Document.both(spec: mistake.spec, version: mistake.version))
        #expect(lines.contains("a.yaml:" + mistake.line), "\(lines.joined(separator: "\n"))")
    }

    @Test(
        "an error leaves no catalog, a warning does",
        arguments: [("titel: x", false), ("after: [other]", true), ("podSecurityException: needs it", true)]
    )
    func result(_ spec: String, _ isLoaded: Bool) throws {
        #expect(try (Loaded.all(Document.both(spec: [spec])).catalog != nil) == isLoaded)
    }

    @Test("an exception with a reason allows what is refused otherwise")
    func exception() throws {
        let lines = try Loaded.lines(
            Document.both(
                spec: ["podSecurityException: captures the pod's traffic"],
                version: [
                    "container: {image: example/a:1, securityContext: {privileged: true, capabilities: {add: [NET_ADMIN]}}}"
                ]
            )
        )
        #expect(lines == [])
    }

    @Test(
        "a mistake in the policy is reported",
        arguments: [
            ("{unknown: denny}", "4:17: error: 'unknown' is 'denny'; did you mean 'deny'? (invalid-value)"),
            (
                "{phases: []}",
                "4:16: error: there are no phases; list them in start order, or leave 'phases' out (invalid-value)"
            ),
            ("{phases: [a, a]}", "4:20: error: the phase 'a' is listed twice (duplicate-name)"),
            (
                "{annotationDomain: localhost}",
                "4:26: error: 'localhost' cannot be the domain of annotations;"
                    + " a DNS name with a dot and at most 212 characters, such as pillion.dev (invalid-value)"
            ),
            ("{namespace: {}}", "4:8: error: unknown field 'namespace'; did you mean 'namespaces'? (unknown-field)"),
            (
                "{bundles: {web: [shiper]}}",
                "4:24: error: there is no sidecar 'shiper'; did you mean 'shipper'? (unknown-bundle-member)"
            ),
            (
                "{bundles: {web: [all], all: []}}",
                "4:24: error: there is no sidecar 'all'; a bundle cannot hold another (unknown-bundle-member)"
            ),
            (
                "{bundles: {web: [shipper@2]}}",
                "4:24: error: no version of 'shipper' matches '2'; versions and channels: 1.0.0 (unknown-version)"
            ),
            (
                "{bundles: {web: [\"shipper@^\"]}}",
                "4:24: error: '^' does not select a version; write \(VersionSelector.allowed) (invalid-version)"
            ),
            ("{bundles: {web: [shipper, shipper]}}", "4:33: error: the bundle names 'shipper' twice (duplicate-name)"),
            (
                "{bundles: {shipper: [shipper]}}",
                "4:18: error: 'shipper' is the name of a sidecar as well; rename the bundle (duplicate-name)"
            ),
            (
                "{bundles: {\"false\": [shipper]}}",
                "4:18: error: 'false' cannot name a bundle; \(SidecarName.allowed) (invalid-name)"
            ),
        ]
    )
    func policy(_ spec: String, _ line: String) throws {
        let lines = try Loaded.all(Document.catalog(spec), Document.sidecar()).diagnostics.map(\.description)
        #expect(lines.contains("a.yaml:" + line), "\(lines.joined(separator: "\n"))")
    }

    @Test(
        "a document that is none of ours is reported",
        arguments: [
            ("5", "1:1: error: the document is no object; expected: Catalog, Sidecar (wrong-type)"),
            ("{}", "1:1: error: the document has no 'kind'; expected: Catalog, Sidecar (missing-field)"),
            (
                "{apiVersion: pillion.dev/v1, kind: Sidcar}",
                "1:36: error: a catalog holds no 'Sidcar'; did you mean 'Sidecar'? (unknown-kind)"
            ),
            (
                "{apiVersion: v1, kind: Pod}",
                "1:24: error: a catalog holds no 'Pod'; expected: Catalog, Sidecar (unknown-kind)"
            ),
            (
                "{apiVersion: pillion.dev/v2, kind: Catalog}",
                "1:14: error: the API version is 'pillion.dev/v2';"
                    + " write 'apiVersion: pillion.dev/v1' (unsupported-api-version)"
            ),
            (
                "{kind: Catalog}",
                "1:1: error: the API version is missing; write 'apiVersion: pillion.dev/v1' (unsupported-api-version)"
            ),
        ]
    )
    func foreign(_ document: String, _ line: String) throws {
        let lines = try Loaded.lines(document)
        #expect(lines.contains("a.yaml:" + line), "\(lines.joined(separator: "\n"))")
    }

    @Test("what is declared twice is reported with the place of the first")
    func twice() throws {
        let lines = try Loaded.all(
            Document.sidecar() + "---\n" + Document.catalog(),
            Document.sidecar() + "---\n" + Document.catalog()
        )
        .diagnostics.map(\.description)
        #expect(
            lines == [
                "b.yaml:3:18: error: the sidecar 'shipper' is declared twice;"
                    + " the first is at a.yaml:1:1; versions of one sidecar belong into one document (duplicate-sidecar)",
                "b.yaml:10:7: error: there is a second Catalog; the first is at a.yaml:9:1; keep one (duplicate-catalog)",
            ]
        )
    }

    @Test("names of different sidecars that would meet in a pod are an error")
    func collision() throws {
        let first = Document.sidecar("a", version: ["setup: {b-c: {image: example/a:1}}"])
        let second = Document.sidecar("a-b", version: ["setup: {c: {image: example/a:1}}"])
        let lines = try Loaded.lines(first, second, Document.catalog())
        #expect(
            lines == [
                "a.yaml:17:15: error: the container would be called 'a-b-c' in the pod, as would one of 'a'; rename it (duplicate-name)"
            ]
        )
    }

    @Test("the items of a list are documents, with their own places")
    func lists() throws {
        let list = """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: pillion.dev/v1, kind: Catalog, metadata: {name: a}}
            - {apiVersion: pillion.dev/v1, kind: Sidecar, metadata: {name: A}, spec: {versions: {}}}
            """
        let lines = try Loaded.lines(list)
        #expect(lines == ["a.yaml:5:64: error: 'A' cannot name a sidecar; \(SidecarName.allowed) (invalid-name)"])
    }

    @Test("empty documents are passed over, and what kustomize adds is tolerated")
    func tolerance() throws {
        let metadata = "{name: shipper, namespace: x, labels: {a: b}, annotations: {c: \"d\"}, creationTimestamp: null}"
        let sidecar = Document.sidecar().replacing("{name: shipper}", with: metadata)
        #expect(try Loaded.lines("---\n---\n" + sidecar, Document.catalog()) == [])
    }

    @Test("a sidecar needs a version, and a version has to be semantic")
    func versions() throws {
        let head = "apiVersion: pillion.dev/v1\nkind: Sidecar\nmetadata: {name: a}\nspec:\n  versions: "
        #expect(
            try Loaded.lines(head + "{}\n", Document.catalog()).contains {
                $0.contains("a.yaml:5:13: error: the sidecar has no version")
            }
        )
        #expect(
            try Loaded.lines(head + "{v1.0: {container: {image: a}}}\n", Document.catalog())
                .contains { $0.contains("a.yaml:5:14: error: 'v1.0' is not a semantic version") }
        )
    }

    @Test("no documents are a catalog without sidecars, and a warning")
    func nothing() {
        let (catalog, diagnostics) = CatalogLoader.load([])
        #expect(catalog?.sidecars.isEmpty == true)
        #expect(diagnostics.map(\.code) == [.noCatalog])
    }
}
