import JSON
import SidecarCatalog

/// The sidecars that rules and annotations want in a pod, each once.
///
/// | wanted by | and also by | version |
/// |---|---|---|
/// | required rule | the pod | the rule's; the pod's where the rule names none or its version is within the rule's |
/// | the pod, by name | a bundle in the annotation | what stands at the name, else what the bundle says |
/// | the pod | default rule | the pod's |
struct WishList {
    /// One sidecar.
    struct Wish: Sendable {
        let name: SidecarName
        var selector: VersionSelector?
        let origin: SidecarOrigin
        /// Whether the pod names the sidecar itself, not by a bundle.
        var isExplicit: Bool
        /// The bundle by which the pod or rule names the sidecar; nil when it names it itself.
        var bundle: String?
    }

    /// The wishes in the order in which they were found.
    private(set) var wishes: [Wish] = []
    /// Names that the catalog does not have.
    private(set) var unknown: [String] = []
    /// Sidecars that were asked for in a version they do not have.
    private(set) var versionless: [SidecarName] = []

    let catalog: Catalog
    let keys: AnnotationKey

    /// Starts with no wishes.
    init(catalog: Catalog, keys: AnnotationKey) {
        self.catalog = catalog
        self.keys = keys
    }

    /// Adds what a required rule injects.
    mutating func require(_ rule: InjectionRule) {
        for member in rule.inject {
            if let index = wishes.firstIndex(where: { $0.name == member.name }) {
                wishes[index].selector = wishes[index].selector ?? member.selector
            } else {
                wishes.append(Self.wish(member, of: rule, .required(rule: rule.name)))
            }
        }
    }

    /// Adds what a default rule injects, where nobody else wants it in another version.
    mutating func suggest(_ rule: InjectionRule, besides excluded: Set<SidecarName>) {
        for member in rule.inject where !excluded.contains(member.name) {
            guard !wishes.contains(where: { $0.name == member.name }), !versionless.contains(member.name) else {
                continue
            }
            wishes.append(Self.wish(member, of: rule, .rule(rule.name)))
        }
    }

    private static func wish(_ member: BundleMember, of rule: InjectionRule, _ origin: SidecarOrigin) -> Wish {
        let bundle = rule.bundles[member.name]
        return Wish(name: member.name, selector: member.selector, origin: origin, isExplicit: false, bundle: bundle)
    }

    /// Adds one item of the pod's annotation.
    mutating func ask(
        _ item: InjectionRequest.Item,
        besides excluded: Set<SidecarName>,
        _ findings: inout SelectionFindings
    ) {
        if let members = catalog.bundle(item.name) {
            if let selector = item.selector {
                let text = "bundle \(item.name) has no versions, but \(Excerpt.quote(selector)) was asked for"
                findings.report(.unknownVersion, text)
            }
            for member in members where !excluded.contains(member.name) {
                ask(member.name, member.selector, bundle: item.name, &findings)
            }
            return
        }
        guard let name = SidecarName(item.name), let sidecar = catalog.sidecar(name) else {
            unknown.append(item.name)
            let text = "\(keys.inject) asks for \(Excerpt.quote(item.name))"
            return findings.reportUnknown(.unknownSidecar, text, item.name, catalog.names)
        }
        guard !excluded.contains(name) else {
            let text = "\(name) is in \(keys.inject) and in \(keys.exclude); remove it from one"
            return findings.report(.contradictoryExclude, text)
        }
        guard let text = item.selector else { return ask(name, nil, bundle: nil, &findings) }
        guard let selector = VersionSelector(text), sidecar.version(matching: selector) != nil else {
            let versions = sidecar.versions.reversed().prefix(6).map(\.version.description)
            let known = (versions + sidecar.channels.map(\.name)).joined(separator: ", ")
            let text = "sidecar \(name) has no version \(Excerpt.quote(text)); it has: \(known)"
            findings.report(.unknownVersion, text)
            if !wishes.contains(where: { $0.name == name }) { versionless.append(name) }
            return
        }
        ask(name, selector, bundle: nil, &findings)
    }

    private mutating func ask(
        _ name: SidecarName,
        _ selector: VersionSelector?,
        bundle: String?,
        _ findings: inout SelectionFindings
    ) {
        let isExplicit = bundle == nil
        guard let index = wishes.firstIndex(where: { $0.name == name }) else {
            let wish = Wish(name: name, selector: selector, origin: .pod, isExplicit: isExplicit, bundle: bundle)
            return wishes.append(wish)
        }
        let earlier = wishes[index]
        guard let selector, selector != earlier.selector else { return }
        if case .required(let rule) = earlier.origin, let required = earlier.selector, !earlier.isExplicit {
            guard isExplicit, accepts(required, selector, of: name) else {
                let text = "\(name) comes as \(required), which rule \(rule) requires, not as \(selector)"
                return findings.warn(.requiredByRule, text)
            }
            wishes[index].selector = selector
            wishes[index].isExplicit = true
        } else if earlier.selector == nil || (isExplicit && !earlier.isExplicit) {
            wishes[index].selector = selector
            wishes[index].isExplicit = isExplicit
        } else if isExplicit == earlier.isExplicit {
            let text = "\(name) is asked for as \(earlier.selector?.description ?? "") and as \(selector)"
            findings.report(.contradictoryVersions, "\(text); name one version")
        }
    }

    /// Whether what a pod selects is a version that a rule's selector allows.
    private func accepts(_ required: VersionSelector, _ selected: VersionSelector, of name: SidecarName) -> Bool {
        guard let sidecar = catalog.sidecar(name), let version = sidecar.version(matching: selected) else {
            return false
        }
        if case .range(let range) = required { return range.contains(version.version) }
        return sidecar.version(matching: required)?.version == version.version
    }
}
