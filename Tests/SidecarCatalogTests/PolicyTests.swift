import JSON
import Kubernetes
@testable import SidecarCatalog
import Testing

@Suite("Catalog policy")
struct PolicyTests {
    private static let sidecars = """
        \(Document.sidecar("logs", spec: ["  2.0.0: {container: {image: a}}", "channels: {stable: 1.0.0, next: 2.0.0}", "conflicts: [old-logs]"]))
        ---
        \(Document.sidecar("old-logs"))
        ---
        \(Document.sidecar("proxy", spec: ["entitled: {namespaces: [\"pay-*\"], serviceAccounts: [web]}"]))
        """

    private func catalog(_ spec: String) throws -> Catalog {
        try Loaded.catalog(Document.catalog(spec) + "---\n" + Self.sidecars)
    }

    @Test("limits, budget and level are read into values")
    func values() throws {
        let catalog = try catalog(
            "{sidecarsPerPod: {warnAbove: 3, denyAbove: 8}, podSecurity: restricted,"
                + " resources: {perPod: {cpu: 1, memory: 1Gi}, guaranteed: keep}}"
        )
        #expect(catalog.limits == SidecarLimits(warnAbove: 3, denyAbove: 8))
        #expect(catalog.podSecurity == .restricted)
        #expect(catalog.resources.perPod.map(\.resource) == ["cpu", "memory"])
        #expect(catalog.resources.guaranteed == .keep)
    }

    @Test("a catalog without policy restricts nothing")
    func none() throws {
        let catalog = try catalog("{}")
        #expect(catalog.limits == .none && catalog.images.isUnrestricted && catalog.podSecurity == nil)
        #expect(catalog.resources.required.isEmpty && catalog.resources.guaranteed == .match)
        #expect(catalog.rules.isEmpty && catalog.rollouts.isEmpty)
    }

    @Test("required rules come first, and bundles are taken apart")
    func rules() throws {
        let catalog = try catalog(
            "{bundles: {web: [proxy, logs]}, rules: {b: {inject: [web, logs@2]},"
                + " a: {inject: [proxy], namespaces: [\"pay-*\"], mode: required}}}"
        )
        #expect(catalog.rules.map(\.name) == ["a", "b"])
        #expect(catalog.rules.map(\.mode) == [.required, .default])
        #expect(catalog.rules.last?.inject.map(\.name.rawValue) == ["proxy", "logs"])
        #expect(catalog.rules.last?.inject.last?.selector == VersionSelector("2"))
        #expect(catalog.rules.first?.namespaces.matches("pay-me") == true)
        #expect(catalog.rules.first?.namespaces.matches("pay") == false)
    }

    @Test("a rule is about the pods that its selector matches, all where it has none")
    func podSelector() throws {
        let catalog = try catalog(
            "{rules: {a: {inject: [logs], podSelector: {matchLabels: {tier: web}}}, b: {inject: [logs]}}}"
        )
        let selectors = catalog.rules.map(\.podSelector)
        #expect(selectors.map { $0.matches(["tier": "web"]) } == [true, true])
        #expect(selectors.map { $0.matches(["tier": "db"]) } == [false, true])
        #expect(selectors.map { $0.matches(nil) } == [false, true])
    }

    @Test("a rollout leads to a version, by number, range or channel", arguments: ["2.0.0", "2", "next"])
    func rollouts(_ selector: String) throws {
        let catalog = try catalog("{rollouts: {logs: {to: \"\(selector)\", percent: 10, namespaces: [\"staging-*\"]}}}")
        let rollout = try #require(catalog.rollouts.values.first)
        #expect(rollout.version.description == "2.0.0" && rollout.percent == 10)
        #expect(rollout.namespaces.patterns == ["staging-*"])
    }

    @Test("entitlements are patterns, and conflicts hold both ways")
    func sidecars() throws {
        let catalog = try catalog("{}")
        let proxy = try #require(SidecarName("proxy").flatMap(catalog.sidecar))
        #expect(proxy.entitled.namespaces.matches("pay-me") && !proxy.entitled.namespaces.matches("shop"))
        #expect(proxy.entitled.serviceAccounts.matches("web") && !proxy.entitled.serviceAccounts.matches("default"))
        #expect(SidecarName("logs").flatMap(catalog.sidecar)?.conflicts.map(\.rawValue) == ["old-logs"])
        #expect(SidecarName("old-logs").flatMap(catalog.sidecar)?.conflicts.map(\.rawValue) == ["logs"])
    }

    @Test("a lifecycle has stages, whose last days belong to them")
    func lifecycle() throws {
        let text = "lifecycle: {deprecatedAfter: 2027-06-01, sunsetAfter: 2027-12-01, enforce: deny}"
        let lifecycle = try #require(Loaded.catalog(Document.both(version: [text])).firstVersion?.lifecycle)
        let stages = try ["2027-06-01", "2027-06-02", "2027-12-01", "2027-12-02"].map {
            lifecycle.stage(on: try #require(CalendarDate($0)))
        }
        #expect(stages == [.current, .deprecated, .deprecated, .sunset])
        #expect(lifecycle.enforce == .deny)
    }

    @Test("what a version says about Guaranteed pods goes before what its sidecar says")
    func guaranteed() throws {
        let own = try Loaded.catalog(
            Document.both(spec: ["resources: {guaranteed: match}"], version: ["resources: {guaranteed: keep}"])
        )
        #expect(own.firstVersion?.guaranteed == .keep)
        let inherited = try Loaded.catalog(Document.both(spec: ["resources: {guaranteed: keep}"]))
        #expect(inherited.firstVersion?.guaranteed == .keep)
        #expect(try Loaded.catalog(Document.both()).firstVersion?.guaranteed == nil)
    }

    @Test(
        "an exception is a reason, alone or in an object",
        arguments: ["needs it", "{reason: needs it}"]
    )
    func exception(_ text: String) throws {
        let catalog = try Loaded.catalog(Document.both(spec: ["podSecurityException: \(text)"]))
        #expect(catalog.sidecars.first?.podSecurityException == PodSecurityException(reason: "needs it"))
    }

    @Test("a mistake in the policy is reported with its place and what is allowed", arguments: mistakes)
    func mistake(_ spec: String, _ line: String) throws {
        let lines = try Loaded.all(Document.catalog(spec), Self.sidecars).diagnostics.map(\.description)
        #expect(lines.contains(line), "\(lines.joined(separator: "\n"))")
    }
}
