import JSON
import SidecarCatalog

/// Which sidecars of the catalog a pod's annotations mean, and what in them means nothing.
struct SidecarSelection: Sendable {
    /// One sidecar asked for.
    struct Asked: Sendable {
        /// The name.
        let name: String
        /// The sidecar; nil when the catalog does not have it.
        let sidecar: Sidecar?
        /// The version; nil when there is none that was asked for.
        let version: SidecarVersion?
    }

    /// The sidecars asked for, in start order; those the catalog does not have come last.
    private(set) var asked: [Asked] = []
    /// What stands in the way, in the order in which it was found.
    private(set) var problems: [Reason] = []
    private(set) var warnings: [InjectionWarning] = []

    private let catalog: Catalog
    private let keys: AnnotationKey
    private var wanted: [(name: SidecarName, selector: VersionSelector?, isExplicit: Bool)] = []
    private var unknown: [String] = []

    /// Resolves a request.
    init(_ request: InjectionRequest, catalog: Catalog, keys: AnnotationKey) {
        self.catalog = catalog
        self.keys = keys
        let excluded = exclusions(request.excluded)
        for item in request.items ?? [] {
            resolve(item, excluded: excluded)
        }
        choose()
        checkKeys(request)
        checkParameters(request)
    }

    private mutating func exclusions(_ names: [String]) -> Set<SidecarName> {
        var excluded: Set<SidecarName> = []
        for name in names {
            if let known = SidecarName(name), catalog.sidecar(known) != nil {
                excluded.insert(known)
            } else {
                reportUnknown(.unknownSidecar, "\(keys.exclude) names \(Excerpt.quote(name))", name, catalog.names)
            }
        }
        return excluded
    }

    private mutating func resolve(_ item: InjectionRequest.Item, excluded: Set<SidecarName>) {
        if let members = catalog.bundle(item.name) {
            if let selector = item.selector {
                let text = "bundle \(item.name) has no versions, but \(Excerpt.quote(selector)) was asked for"
                report(.unknownVersion, text)
            }
            for member in members where !excluded.contains(member.name) {
                want(member.name, member.selector, isExplicit: false)
            }
            return
        }
        guard let name = SidecarName(item.name), let sidecar = catalog.sidecar(name) else {
            unknown.append(item.name)
            reportUnknown(
                .unknownSidecar,
                "\(keys.inject) asks for \(Excerpt.quote(item.name))",
                item.name,
                catalog.names
            )
            return
        }
        guard !excluded.contains(name) else {
            report(.contradictoryExclude, "\(name) is in \(keys.inject) and in \(keys.exclude); remove it from one")
            return
        }
        guard let text = item.selector else { return want(name, nil, isExplicit: true) }
        guard let selector = VersionSelector(text), sidecar.version(matching: selector) != nil else {
            let versions = sidecar.versions.reversed().prefix(6).map(\.version.description)
            let known = (versions + sidecar.channels.map(\.name)).joined(separator: ", ")
            report(.unknownVersion, "sidecar \(name) has no version \(Excerpt.quote(text)); it has: \(known)")
            asked.append(Asked(name: name.rawValue, sidecar: sidecar, version: nil))
            return
        }
        want(name, selector, isExplicit: true)
    }

    /// Notes a wish; what the pod says about a version goes before what a bundle says.
    private mutating func want(_ name: SidecarName, _ selector: VersionSelector?, isExplicit: Bool) {
        guard let index = wanted.firstIndex(where: { $0.name == name }) else {
            wanted.append((name, selector, isExplicit))
            return
        }
        let earlier = wanted[index]
        guard let selector, selector != earlier.selector else { return }
        if earlier.selector == nil || (isExplicit && !earlier.isExplicit) {
            wanted[index] = (name, selector, isExplicit)
        } else if isExplicit == earlier.isExplicit {
            let text = "\(name) is asked for as \(earlier.selector?.description ?? "") and as \(selector)"
            report(.contradictoryVersions, "\(text); name one version")
        }
    }

    private mutating func choose() {
        for wish in wanted {
            guard let sidecar = catalog.sidecar(wish.name) else { continue }
            let version = sidecar.version(matching: wish.selector)
            if version == nil {
                report(
                    .unknownVersion,
                    "sidecar \(wish.name) has no version to give; name one, for example a prerelease"
                )
            }
            asked.append(Asked(name: wish.name.rawValue, sidecar: sidecar, version: version))
        }
        asked.sort { catalog.startOrder(of: $0.name) < catalog.startOrder(of: $1.name) }
        asked += unknown.map { Asked(name: $0, sidecar: nil, version: nil) }
    }

    private mutating func checkKeys(_ request: InjectionRequest) {
        for key in request.notStrings {
            report(
                .annotationNotString,
                "annotation \(Excerpt.cut(key, to: 120)) must be a string; put its value in quotes"
            )
        }
        for key in request.unknownKeys {
            let name = String(key.dropFirst(keys.domain.count + 1))
            reportUnknown(
                .unknownAnnotation,
                "annotation \(Excerpt.cut(key, to: 120)) has no meaning",
                name,
                AnnotationKey.names
            )
        }
    }

    private mutating func checkParameters(_ request: InjectionRequest) {
        for setting in request.parameters {
            var key: String { Excerpt.cut(keys.parameter(setting.parameter, of: setting.sidecar), to: 120) }
            guard let name = SidecarName(setting.sidecar), let sidecar = catalog.sidecar(name) else {
                let names = catalog.sidecars.map(\.name.rawValue)
                reportUnknown(
                    .unknownSidecar,
                    "annotation \(key) is for a sidecar that does not exist",
                    setting.sidecar,
                    names
                )
                continue
            }
            guard let asked = asked.first(where: { $0.name == setting.sidecar }) else {
                warnings.append(
                    InjectionWarning(.unusedParameter, "\(key) has no effect: the pod does not ask for \(name)")
                )
                continue
            }
            guard let version = asked.version, version.parameter(setting.parameter) == nil else { continue }
            let names = version.parameters.map(\.name)
            reportUnknown(
                .unknownParameter,
                "annotation \(key): sidecar \(sidecar.name) \(version.version) has no parameter \(Excerpt.quote(setting.parameter))",
                setting.parameter,
                names
            )
        }
    }

    private mutating func reportUnknown(_ code: ReasonCode, _ text: String, _ name: String, _ known: [String]) {
        let nearest = NearestName.nearest(to: name, among: known).map { "; did you mean \($0)?" }
        let all = known.isEmpty ? "; there are none" : "; known: \(known.prefix(12).joined(separator: ", "))"
        report(code, text + (nearest ?? all))
    }

    /// Notes a problem, or a warning where the catalog softens what is unknown.
    private mutating func report(_ code: ReasonCode, _ text: String) {
        let softens: Set<ReasonCode> = [.unknownSidecar, .unknownVersion, .unknownParameter, .unknownAnnotation]
        if catalog.unknown == .warn, softens.contains(code) {
            warnings.append(InjectionWarning(.unknownIgnored, text))
        } else {
            problems.append(Reason(code, text))
        }
    }
}
