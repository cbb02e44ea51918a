import JSON
import SidecarCatalog

/// Which sidecars of the catalog a pod gets by rule or by annotation, and what in its annotations means nothing.
///
/// | pod says | required rule | default rule |
/// |---|---|---|
/// | nothing | added | added |
/// | `inject: "a"` | added as well | added as well |
/// | `inject: "false"` | added, with a warning | not added |
/// | `exclude: "a"` | `a` is added, with a warning | `a` is not added |
struct SidecarSelection: Sendable {
    /// One sidecar asked for.
    ///
    /// A class, since it goes from list to list.
    final class Asked: Sendable {
        /// The name.
        let name: String
        /// The sidecar; nil when the catalog does not have it.
        let sidecar: Sidecar?
        /// The version; nil when there is none that was asked for.
        let version: SidecarVersion?
        /// Who wants it.
        let origin: SidecarOrigin
        /// What the version was asked for as; nil when nobody named one.
        let selector: VersionSelector?
        /// The bundle by which the pod or rule names it; nil when it names it itself.
        let bundle: String?
        /// Whether the version is that of a rollout.
        let isRolledOut: Bool

        /// Makes what the pod asks for where nothing else is said.
        init(
            name: String,
            sidecar: Sidecar?,
            version: SidecarVersion?,
            origin: SidecarOrigin = .pod,
            selector: VersionSelector? = nil,
            bundle: String? = nil,
            isRolledOut: Bool = false
        ) {
            self.name = name
            self.sidecar = sidecar
            self.version = version
            self.origin = origin
            self.selector = selector
            self.bundle = bundle
            self.isRolledOut = isRolledOut
        }
    }

    /// The sidecars asked for, in start order; those the catalog does not have come last.
    private(set) var asked: [Asked] = []
    /// Whether the pod does without something that a default rule would add.
    private(set) var isOptedOut = false
    /// Names that the catalog does not have and says to go on without.
    private(set) var ignored: Set<String> = []
    /// What stands in the way, in the order in which it was found.
    var problems: [Reason] { findings.problems }
    /// What the pod's author should know.
    var warnings: [InjectionWarning] { findings.warnings }

    private let catalog: Catalog
    private let keys: AnnotationKey
    private var findings: SelectionFindings

    /// Resolves a request.
    init(
        _ request: InjectionRequest,
        pod: Pod,
        environment: PodEnvironment,
        catalog: Catalog,
        keys: AnnotationKey
    ) {
        self.catalog = catalog
        self.keys = keys
        findings = SelectionFindings(catalog.unknown)
        let excluded = exclusions(request.excluded)
        var wishes = WishList(catalog: catalog, keys: keys)
        let rules = catalog.rules.filter { $0.applies(to: pod, in: environment.namespace) }
        for rule in rules where rule.mode == .required { wishes.require(rule) }
        warnAboutRequired(wishes.wishes, request, excluded)
        for item in request.items ?? [] { wishes.ask(item, besides: excluded, &findings) }
        isOptedOut = request.isOptedOut
        for rule in rules where rule.mode == .default && !request.isOptedOut {
            wishes.suggest(rule, besides: excluded)
            isOptedOut = isOptedOut || rule.inject.contains { excluded.contains($0.name) }
        }
        choose(wishes, pod, environment)
        checkKeys(request)
        checkParameters(request)
    }

    private mutating func exclusions(_ names: [String]) -> Set<SidecarName> {
        var excluded: Set<SidecarName> = []
        for name in names {
            if let known = SidecarName(name), catalog.sidecar(known) != nil {
                excluded.insert(known)
            } else {
                let text = "\(keys.exclude) names \(Excerpt.quote(name))"
                findings.reportUnknown(.unknownSidecar, text, name, catalog.names)
            }
        }
        return excluded
    }

    private mutating func warnAboutRequired(
        _ wishes: [WishList.Wish],
        _ request: InjectionRequest,
        _ excluded: Set<SidecarName>
    ) {
        for wish in wishes where request.isOptedOut || excluded.contains(wish.name) {
            let key = request.isOptedOut ? keys.inject : keys.exclude
            let rule = Excerpt.cut(wish.origin.rule ?? "", to: 40)
            findings.warn(.requiredByRule, "\(key) does not keep \(wish.name) away: rule \(rule) requires it")
        }
    }

    private mutating func choose(_ wishes: WishList, _ pod: Pod, _ environment: PodEnvironment) {
        for wish in wishes.wishes {
            guard let sidecar = catalog.sidecar(wish.name) else { continue }
            let rolledOut = wish.selector == nil ? rollout(of: sidecar, pod, environment) : nil
            let version = sidecar.version(matching: rolledOut.map { .exact($0.version) } ?? wish.selector)
            if version == nil {
                let text = "sidecar \(wish.name) has no version to give; name one, for example a prerelease"
                findings.report(.unknownVersion, text)
            }
            asked.append(
                Asked(
                    name: wish.name.rawValue,
                    sidecar: sidecar,
                    version: version,
                    origin: wish.origin,
                    selector: wish.selector,
                    bundle: wish.bundle,
                    isRolledOut: rolledOut != nil
                )
            )
        }
        for name in wishes.versionless {
            asked.append(Asked(name: name.rawValue, sidecar: catalog.sidecar(name), version: nil))
        }
        asked.sort { Self.startOrder(of: $0, catalog) < Self.startOrder(of: $1, catalog) }
        asked += wishes.unknown.map { Asked(name: $0, sidecar: nil, version: nil) }
        if catalog.unknown == .warn { ignored = Set(wishes.unknown) }
    }

    private static func startOrder(of asked: Asked, _ catalog: Catalog) -> Int {
        asked.sidecar.map { catalog.startOrder(of: $0.name) } ?? Int.max
    }

    /// The rollout that the pod's workload is a part of, which counts where no version is named.
    private func rollout(of sidecar: Sidecar, _ pod: Pod, _ environment: PodEnvironment) -> Rollout? {
        guard let rollout = catalog.rollouts[sidecar.name], rollout.namespaces.matches(environment.namespace),
            WorkloadKey(pod: pod, environment: environment).bucket < rollout.percent * WorkloadKey.bucketCount / 100
        else { return nil }
        return rollout
    }

    private mutating func checkKeys(_ request: InjectionRequest) {
        for key in request.notStrings {
            let text = "annotation \(Excerpt.cut(key, to: 120)) must be a string; put its value in quotes"
            findings.report(.annotationNotString, text)
        }
        for key in request.unknownKeys {
            let name = String(key.dropFirst(keys.domain.count + 1))
            let text = "annotation \(Excerpt.cut(key, to: 120)) has no meaning"
            findings.reportUnknown(.unknownAnnotation, text, name, AnnotationKey.names)
        }
        for label in request.labels {
            let text = "label \(Excerpt.cut(label, to: 60)) has no effect; make it an annotation"
            findings.warn(.misplacedAnnotation, text)
        }
        for key in request.misspelt {
            let name = key.drop { $0 != "/" }
            let text = "annotation \(Excerpt.cut(key, to: 45)) is not read; did you mean \(keys.domain)\(name)?"
            findings.warn(.misspeltAnnotation, text)
        }
    }

    private mutating func checkParameters(_ request: InjectionRequest) {
        for setting in request.parameters {
            var key: String { Excerpt.cut(keys.parameter(setting.parameter, of: setting.sidecar), to: 120) }
            guard let name = SidecarName(setting.sidecar), let sidecar = catalog.sidecar(name) else {
                let text = "annotation \(key) is for a sidecar that does not exist"
                findings.reportUnknown(.unknownSidecar, text, setting.sidecar, catalog.sidecars.map(\.name.rawValue))
                continue
            }
            guard let asked = asked.first(where: { $0.name == setting.sidecar }) else {
                findings.warn(.unusedParameter, "\(key) has no effect: the pod does not get \(name)")
                continue
            }
            guard let version = asked.version, version.parameter(setting.parameter) == nil else { continue }
            let subject = "sidecar \(sidecar.name) \(version.version)"
            let text = "annotation \(key): \(subject) has no parameter \(Excerpt.quote(setting.parameter))"
            findings.reportUnknown(.unknownParameter, text, setting.parameter, version.parameters.map(\.name))
        }
    }
}
