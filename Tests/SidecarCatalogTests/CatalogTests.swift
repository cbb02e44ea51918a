import JSON
import SidecarCatalog
import Testing

@Suite("Catalog")
struct CatalogTests {
    @Test("what a catalog does not say has a default")
    func defaults() throws {
        let (loaded, diagnostics) = try Loaded.all(Document.sidecar())
        let catalog = try #require(loaded)
        #expect(diagnostics.map(\.code) == [.noCatalog])
        #expect(catalog.name == "catalog")
        #expect(catalog.annotationDomain == "pillion.dev")
        #expect(catalog.unknown == .deny)
        #expect(catalog.excludes(namespace: "kube-system"))
        #expect(!catalog.excludes(namespace: "default"))
        #expect(catalog.phases == ["network", "secrets", "policy", "telemetry"])
        #expect(catalog.meshContainers.contains("istio-proxy"))
        #expect(catalog.sidecars.map(\.phase) == ["telemetry"])
    }

    @Test("what it says counts")
    func policy() throws {
        let spec =
            "{annotationDomain: acme.example, unknown: warn, namespaces: {excluded: [\"ops-*\"]}, phases: [a], meshContainers: [m, istio-init]}"
        let catalog = try Loaded.catalog(Document.catalog(spec))
        #expect(catalog.name == "acme")
        #expect(catalog.annotationDomain == "acme.example")
        #expect(catalog.unknown == .warn)
        #expect(catalog.excludes(namespace: "ops-1"))
        #expect(!catalog.excludes(namespace: "kube-system"))
        #expect(catalog.phases == ["a"])
        #expect(catalog.meshContainers == Catalog.defaultMeshContainers + ["m"])
    }

    @Test("an empty list of excluded namespaces excludes none")
    func noneExcluded() throws {
        #expect(
            try !Loaded.catalog(Document.catalog("{namespaces: {excluded: []}}")).excludes(namespace: "kube-system")
        )
    }

    @Test("bundles keep the order and the versions of their members")
    func bundles() throws {
        let spec = "{bundles: {web: [shipper@1, proxy], all: [\"proxy:stable\"]}}"
        let proxy = Document.sidecar("proxy", spec: ["channels: {stable: 1.0.0}"])
        let catalog = try Loaded.catalog(
            [Document.sidecar(), proxy, Document.catalog(spec)].joined(separator: "---\n")
        )
        #expect(catalog.bundle("web")?.map(\.name.rawValue) == ["shipper", "proxy"])
        #expect(catalog.bundle("web")?.map(\.selector) == [VersionSelector("1"), nil])
        #expect(catalog.bundle("all")?.first?.selector == .channel("stable"))
        #expect(catalog.bundle("nothing") == nil)
        #expect(catalog.names == ["all", "proxy", "shipper", "web"])
    }

    @Test("the hash changes with what pods get and with nothing else")
    func hash() throws {
        let (sidecar, proxy) = (Document.sidecar(), Document.sidecar("proxy"))
        let first = try Loaded.catalog([sidecar, proxy, Document.catalog()].joined(separator: "---\n"))
        let reordered = try Loaded.catalog(
            "# a comment\n" + [Document.catalog(), proxy, sidecar].joined(separator: "---\n")
        )
        let labelled = sidecar.replacing("{name: shipper}", with: "{name: shipper, labels: {a: b}}")
        let relabelled = try Loaded.catalog([labelled, proxy, Document.catalog()].joined(separator: "---\n"))
        let changed = sidecar.replacing("example/a:1", with: "example/a:2")
        let other = try Loaded.catalog([changed, proxy, Document.catalog()].joined(separator: "---\n"))
        #expect(first.hash == reordered.hash)
        #expect(first.hash == relabelled.hash)
        #expect(first.hash != other.hash)
        #expect(first.hash.utf8.count == 16)
    }
}
