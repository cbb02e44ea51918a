import JSON
import Kubernetes
import SidecarCatalog

/// Looks at a pod in the light of what it asks for: what is there already, what would be added, what stands in the way.
///
/// A class, since it is handed around: a reference is counted once, its members one by one.
final class PodReview {
    /// A problem of rendering or presence.
    struct Problem {
        let reason: Reason
        /// The sidecar it is about; nil when it is about the pod.
        let sidecar: String?
    }

    let pod: Pod
    let environment: PodEnvironment
    /// What would be added, in start order.
    private(set) var absent: [RenderedSidecar] = []
    /// The status entries of what is there.
    private(set) var presentEntries: [InjectionStatus.Entry] = []
    /// The status that the pod carries, when something of it is true.
    private(set) var previousStatus: InjectionStatus?
    /// Places of native sidecars of ours that lost their restart policy.
    private(set) var restartPolicyRepairs: [Int] = []
    private(set) var warnings: [InjectionWarning] = []
    /// The problems of rendering and presence, in the order in which they were found.
    private(set) var problems: [Problem] = []
    /// The sidecars that are there with an image that no version in the catalog has.
    private(set) var unknownVersions: [String] = []

    private let catalog: Catalog
    private let keys: AnnotationKey
    private let memo: RenderMemo
    private(set) var application: Application?
    /// Whether the pod would be Guaranteed without the sidecars that are in it already.
    private(set) var isGuaranteed = false
    private var conflicts: [Problem] = []
    /// What the pod has of each sidecar that is asked for.
    private(set) var presences: [(name: String, presence: Presence)] = []

    /// Reviews a pod.
    init(
        pod: Pod,
        environment: PodEnvironment,
        catalog: Catalog,
        keys: AnnotationKey,
        memo: RenderMemo,
        request: InjectionRequest,
        selection: SidecarSelection
    ) {
        self.pod = pod
        self.environment = environment
        self.catalog = catalog
        self.keys = keys
        self.memo = memo
        let status = pod.annotation(keys.status).flatMap { InjectionStatus(annotation: $0) }
        readStatus(status)
        application = application(request)
        isGuaranteed = isGuaranteedAlone()
        for asked in selection.asked {
            presences.append((asked.name, review(asked, request: request, status: status)))
        }
        problems += conflicts
    }

    private func readStatus(_ status: InjectionStatus?) {
        guard let status else { return }
        let check = PresenceCheck(pod: pod, keys: keys)
        for entry in status.entries {
            let containers = check.containers(of: entry)
            guard !containers.isEmpty, containers.count == entry.initContainers.count + entry.containers.count else {
                continue
            }
            presentEntries.append(entry)
            previousStatus = status
            // A native sidecar is the one init container with the sidecar's own name; setup steps run to completion.
            for container in containers where container.list == .initContainers && container.name == entry.name {
                guard container.json["restartPolicy"]?.string == nil else { continue }
                restartPolicyRepairs.append(container.index)
                let text = "another webhook removed restartPolicy from native sidecar \(entry.name); it is put back"
                warnings.append(InjectionWarning(.restartPolicyRemoved, text))
            }
        }
    }

    private func application(_ request: InjectionRequest) -> Application? {
        let ours = presentEntries.flatMap(\.containers)
        do throws(Reason) {
            return try Application(pod: pod, named: request.containers, sidecars: catalog.meshContainers + ours)
        } catch {
            problems.append(Problem(reason: error, sidecar: nil))
            return nil
        }
    }

    /// Nearly all pods are not, and show it in their first container.
    private func isGuaranteedAlone() -> Bool {
        let ours = Set(presentEntries.flatMap(\.containers) + presentEntries.flatMap(\.initContainers))
        let first = pod.containers.first { !ours.contains($0.name) }
        guard first?.json["resources"]?["limits"] != nil || pod.spec["resources"] != nil else { return false }
        var spec = pod.spec
        if !ours.isEmpty {
            for list in ["initContainers", "containers"] {
                let own = spec[list]?.array?.filter { !ours.contains($0["name"]?.string ?? "") }
                spec[list] = own.map { .array($0) }
            }
        }
        return QualityOfService(PodLens(spec: spec)) == .guaranteed
    }

    private func review(
        _ asked: SidecarSelection.Asked,
        request: InjectionRequest,
        status: InjectionStatus?
    ) -> Presence {
        let settings = request.parameters.filter { $0.sidecar == asked.name }
        var rendered: RenderedSidecar?
        if let sidecar = asked.sidecar, let version = asked.version {
            do throws(Reason) {
                rendered = try render(sidecar, version, settings)
            } catch {
                problems.append(Problem(reason: error, sidecar: asked.name))
            }
        }
        let presence = PresenceCheck(pod: pod, keys: keys).presence(
            of: asked.name,
            entry: status?.entry(asked.name),
            rendered: rendered,
            receivers: { rendered.map(receivers) ?? [] },
            images: {
                guard let sidecar = asked.sidecar else { return [] }
                return sidecar.versions.compactMap { version in
                    let rendered = Result { () throws(Reason) in try render(sidecar, version, settings) }
                    return (try? rendered.get())?.container.object["image"]?.string
                }
            }
        )
        note(presence, asked, rendered)
        return presence
    }

    /// The containers that receive a sidecar's mounts and environment.
    func receivers(of rendered: RenderedSidecar) -> [PodContainer] {
        application?.receivers(rendered.version.app.containers) ?? []
    }

    /// A sidecar in any of its versions as this pod would get it; nil when it cannot be rendered.
    func rendered(_ sidecar: Sidecar, _ version: SidecarVersion, _ request: InjectionRequest?) -> RenderedSidecar? {
        let settings = request?.parameters.filter { $0.sidecar == sidecar.name.rawValue } ?? []
        let rendered = Result { () throws(Reason) in try render(sidecar, version, settings) }
        return (try? rendered.get()) ?? nil
    }

    private func render(
        _ sidecar: Sidecar,
        _ version: SidecarVersion,
        _ settings: [InjectionRequest.ParameterSetting]
    ) throws(Reason) -> RenderedSidecar? {
        guard let application else { return nil }
        let namespace = environment.namespace
        let matches = isGuaranteed && (version.guaranteed ?? catalog.resources.guaranteed) == .match
        let key = RenderMemo.Key(
            sidecar,
            version,
            settings: settings,
            application: application,
            namespace: namespace,
            isGuaranteed: matches
        )
        return try memo.sidecar(for: key) { () throws(Reason) in
            let substitution = try Substitution(
                sidecar: sidecar,
                version: version,
                settings: settings,
                application: application,
                namespace: namespace,
                keys: keys
            )
            return try SidecarRenderer(
                sidecar: sidecar,
                version: version,
                substitution: substitution,
                keys: keys,
                images: catalog.images,
                isGuaranteed: matches
            ).render()
        }
    }

    private func note(_ presence: Presence, _ asked: SidecarSelection.Asked, _ rendered: RenderedSidecar?) {
        switch presence {
        case .absent:
            if let rendered { absent.append(rendered) }
        case .forged:
            let text = "\(keys.status) speaks of \(asked.name), which is not in the pod; it is ignored"
            warnings.append(InjectionWarning(.forgedStatus, text))
            if let rendered { absent.append(rendered) }
        case .unchanged:
            break
        case .outdated, .unknownVersion:
            if presence == .unknownVersion { unknownVersions.append(asked.name) }
            let text =
                "sidecar \(asked.name) is in the pod in another form than the catalog's; inject the template again"
            warnings.append(InjectionWarning(.outdated, text))
        case .conflict(let reason):
            conflicts.append(Problem(reason: reason, sidecar: asked.name))
        }
    }

    /// The reason to leave a pod alone in which everything is there; nil when something is not.
    ///
    /// - Parameter dropped: Names that do not count, since the pod does without them.
    /// - Returns: The reason.
    func presentReason(besides dropped: Set<String>) -> Reason? {
        var code = ReasonCode.alreadyInjected
        let counted = presences.filter { !dropped.contains($0.name) }
        for entry in counted {
            switch entry.presence {
            case .unchanged: break
            case .outdated: if code == .alreadyInjected { code = .alreadyInjectedOutdated }
            case .unknownVersion: code = .alreadyInjectedUnknownVersion
            case .absent, .forged, .conflict: return nil
            }
        }
        return counted.isEmpty ? nil : Reason(code)
    }
}
