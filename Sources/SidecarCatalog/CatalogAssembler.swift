import JSON

/// Makes one catalog of the policy and the sidecars, each of which has been checked alone.
struct CatalogAssembler {
    /// The policy.
    var policy: CatalogDraft
    /// The sidecars in the order of their documents, each name once.
    var sidecars: [SidecarDraft]
    /// The names of the sidecars.
    let names: Set<SidecarName>

    /// Prepares to assemble.
    init(policy: CatalogDraft, sidecars: [SidecarDraft]) {
        self.policy = policy
        self.sidecars = sidecars
        names = Set(sidecars.map(\.name))
    }

    /// The catalog, which is only of use when nothing that was found is an error.
    mutating func assemble() -> Catalog {
        let order = order()
        checkConflicts()
        PodNameChecker.check(&sidecars)
        let conflicts = conflicts()
        let built = Dictionary(sidecars.map { ($0.name, sidecar($0, conflicts)) }) { first, _ in first }
        PolicyChecker(images: policy.images, resources: policy.resources).check(&sidecars)
        var bundles: [String: [BundleMember]] = [:]
        var rules: [InjectionRule] = []
        var rollouts: [SidecarName: Rollout] = [:]
        if var findings = policy.findings {
            let builder = BundleBuilder(sidecars: built, names: sidecars.map(\.name.rawValue))
            bundles = builder.build(policy.spec["bundles"], &findings)
            rules = RuleBuilder(members: builder, bundles: bundles).build(policy.spec["rules"], &findings)
            rollouts = RolloutBuilder(sidecars: built).build(policy.spec["rollouts"], &findings)
            ConflictChecker(sidecars: built).check(bundles: bundles, rules: rules, &findings)
            policy.findings = findings
        }
        let ordered = order.compactMap { built[$0] }
        return Catalog(
            name: policy.name,
            hash: hash.description,
            annotationDomain: policy.annotationDomain,
            unknown: policy.unknown,
            excludedNamespaces: policy.excludedNamespaces,
            phases: policy.phases,
            bundles: bundles,
            sidecars: ordered,
            meshContainers: policy.meshContainers,
            rules: rules,
            rollouts: rollouts,
            limits: policy.limits,
            images: policy.images,
            resources: policy.resources,
            podSecurity: policy.podSecurity,
            sidecarIndex: Dictionary(ordered.enumerated().map { ($1.name, $0) }) { first, _ in first },
            namespacePatterns: GlobList(policy.excludedNamespaces)
        )
    }

    /// The hash of all that decides what pods get: names and specifications, not labels or the order of documents.
    private var hash: ContentHash {
        let sorted = sidecars.sorted { $0.name < $1.name }
        let sidecars = sorted.map { JSONValue.array([.string($0.name.rawValue), $0.spec]) }
        return ContentHash(of: [.string(policy.name), policy.spec, .array(sidecars)])
    }

    private func sidecar(_ draft: SidecarDraft, _ conflicts: [SidecarName: Set<SidecarName>]) -> Sidecar {
        let spec = draft.spec
        return Sidecar(
            name: draft.name,
            title: spec["title"]?.string ?? draft.name.rawValue,
            description: spec["description"]?.string ?? "",
            owner: owner(spec["owner"]),
            phase: draft.phase ?? policy.phases.last ?? "",
            after: known(draft.after),
            before: known(draft.before),
            conflicts: (conflicts[draft.name] ?? []).sorted(),
            entitled: draft.entitled,
            podSecurityException: draft.podSecurityException,
            refusesHostNetwork: spec["refuses"]?["hostNetwork"]?.bool ?? listens(spec["versions"]),
            withoutNativeSidecars: spec["withoutNativeSidecars"]?.string.flatMap(Sidecar.Fallback.init) ?? .container,
            channels: draft.channels,
            versions: draft.versions
        )
    }

    /// Conflicts hold both ways, whoever declares them.
    private func conflicts() -> [SidecarName: Set<SidecarName>] {
        var conflicts: [SidecarName: Set<SidecarName>] = [:]
        for draft in sidecars {
            for other in known(draft.conflicts) where other != draft.name {
                conflicts[draft.name, default: []].insert(other)
                conflicts[other, default: []].insert(draft.name)
            }
        }
        return conflicts
    }

    private func owner(_ value: JSONValue?) -> SidecarOwner? {
        guard let team = value?["team"]?.string else { return nil }
        return SidecarOwner(team: team, contact: value?["contact"]?.string ?? "", docs: value?["docs"]?.string ?? "")
    }

    private func listens(_ versions: JSONValue?) -> Bool {
        versions?.object?.members.contains { $0.value["container"]?["ports"]?.array?.isEmpty == false } ?? false
    }

    private func known(_ names: [String]) -> [SidecarName] {
        names.compactMap { SidecarName($0) }.filter(self.names.contains)
    }
}
