import JSON
import SidecarCatalog

/// Reads the reasons for each sidecar from what a decision was made by.
struct SidecarExplainer {
    let pod: Pod
    let outcome: InjectionOutcome
    let trace: DecisionTrace
    let keys: AnnotationKey

    /// What stands in the way and is about no sidecar in particular.
    var problems: [Reason] {
        guard case .deny = outcome.decision else { return [] }
        var problems = trace.selection?.problems ?? []
        problems += trace.review?.problems.filter { $0.sidecar == nil }.map(\.reason) ?? []
        let attributed = trace.check?.objections.map(\.reason) ?? []
        problems += trace.check?.problems.filter { !attributed.contains($0) } ?? []
        if let conflict = trace.conflict, conflict.sidecar == nil { problems.append(conflict.reason) }
        let isSaid = !problems.isEmpty || (trace.selection?.asked ?? []).contains { !objections(to: $0).isEmpty }
        return isSaid ? problems : [outcome.decision.reason]
    }

    /// The sidecars asked for, in start order.
    func explanations(catalog: Catalog, environment: PodEnvironment) -> [SidecarExplanation] {
        let status = (outcome.pod["metadata"]?["annotations"]?[keys.status]?.string)
            .flatMap { InjectionStatus(annotation: $0) }
        return (trace.selection?.asked ?? []).map { asked in
            let state = state(of: asked)
            let isThere = [.added, .present, .outdated, .unknownVersion].contains(state)
            let values = values(asked, environment)
            return SidecarExplanation(
                name: asked.name,
                state: state,
                asker: Self.asker(asked),
                version: asked.version?.text,
                choice: asked.version.map { _ in choice(asked, catalog) },
                phase: asked.sidecar?.phase,
                settings: values.map { settings(asked, $0) } ?? [],
                objections: objections(to: asked),
                additions: isThere ? status?.entry(asked.name).map { additions($0, asked) } : nil,
                requirements: requirements(asked, values)
            )
        }
    }

    private func objections(to asked: SidecarSelection.Asked) -> [Reason] {
        var reasons = trace.check?.objections.filter { $0.sidecar == asked.name }.map(\.reason) ?? []
        reasons += trace.review?.problems.filter { $0.sidecar == asked.name }.map(\.reason) ?? []
        if let conflict = trace.conflict, conflict.sidecar == asked.name { reasons.append(conflict.reason) }
        if reasons.isEmpty, outcome.decision.reason.code == .requiredUnknownVersion,
            trace.review?.unknownVersions.contains(asked.name) == true
        {
            reasons.append(outcome.decision.reason)
        }
        return reasons
    }

    private func state(of asked: SidecarSelection.Asked) -> SidecarExplanation.State {
        if outcome.injected.contains(where: { $0.name == asked.name }) { return .added }
        switch trace.review?.presences.first(where: { $0.name == asked.name })?.presence {
        case .unchanged: return .present
        case .outdated: return .outdated
        case .unknownVersion: return .unknownVersion
        case nil, .absent, .forged, .conflict: break
        }
        guard asked.version != nil else { return .unknown }
        guard case .deny = outcome.decision else { return .leftOut }
        if trace.check?.dropped.contains(asked.name) == true { return .leftOut }
        return objections(to: asked).isEmpty ? .withheld : .blocked
    }

    private static func asker(_ asked: SidecarSelection.Asked) -> SidecarExplanation.Asker {
        switch asked.origin {
        case .pod: .annotation(bundle: asked.bundle)
        case .required(let rule): .requiredRule(rule, bundle: asked.bundle)
        case .rule(let rule): .defaultRule(rule, bundle: asked.bundle)
        }
    }

    private func choice(_ asked: SidecarSelection.Asked, _ catalog: Catalog) -> SidecarExplanation.VersionChoice {
        switch asked.selector {
        case .exact: return .exact
        case .range(let range): return .range(range.description)
        case .channel(let name): return .channel(name)
        case nil: break
        }
        if asked.isRolledOut, let sidecar = asked.sidecar, let rollout = catalog.rollouts[sidecar.name] {
            return .rollout(percent: rollout.percent)
        }
        let hasStable = asked.sidecar?.channels.contains { $0.name == Sidecar.defaultChannel } ?? false
        return hasStable ? .stable : .highest
    }

    /// The parameters' values by the engine's own code; nil when they cannot be worked out, which is an objection.
    private func values(_ asked: SidecarSelection.Asked, _ environment: PodEnvironment) -> Substitution? {
        guard let sidecar = asked.sidecar, let version = asked.version, let application = trace.review?.application
        else { return nil }
        do throws(Reason) {
            return try Substitution(
                sidecar: sidecar,
                version: version,
                settings: trace.request?.parameters.filter { $0.sidecar == asked.name } ?? [],
                application: application,
                namespace: environment.namespace,
                keys: keys
            )
        } catch {
            return nil
        }
    }

    private func settings(
        _ asked: SidecarSelection.Asked,
        _ substitution: Substitution
    ) -> [SidecarExplanation.Setting] {
        let given = trace.request?.parameters.filter { $0.sidecar == asked.name } ?? []
        return (asked.version?.parameters ?? []).map { parameter in
            let value = substitution.parameters[parameter.name]
            let source: SidecarExplanation.Setting.Source
            if value == nil {
                source = .unset
            } else if given.contains(where: { $0.parameter == parameter.name }) {
                source = .annotation
            } else {
                source = parameter.default?.isConstant == false ? .pod : .default
            }
            return SidecarExplanation.Setting(
                name: parameter.name,
                value: value.map { $0.string ?? $0.compactText },
                source: source,
                annotation: keys.parameter(parameter.name, of: asked.name)
            )
        }
    }

    private func requirements(
        _ asked: SidecarSelection.Asked,
        _ values: Substitution?
    ) -> SidecarExplanation.Requirements {
        var requirements = SidecarExplanation.Requirements()
        guard let needs = asked.version?.requires else { return requirements }
        func names(_ templates: [Template]) -> [String] {
            templates.compactMap { template in
                let rendered = Result { () throws(Reason) in try values?.render(template) }
                return (try? rendered.get())?.string
            }
        }
        requirements.configMaps = names(needs.configMaps)
        requirements.secrets = names(needs.secrets)
        requirements.serviceAccountToken = needs.serviceAccountToken
        return requirements
    }

    private func additions(
        _ entry: InjectionStatus.Entry,
        _ asked: SidecarSelection.Asked
    ) -> SidecarExplanation.Additions {
        typealias Group = SidecarExplanation.Additions.Group
        return SidecarExplanation.Additions(
            initContainers: entry.initContainers,
            containers: entry.containers,
            volumes: entry.volumes,
            annotations: entry.annotations,
            labels: entry.labels,
            imagePullSecrets: entry.imagePullSecrets,
            mounts: entry.mounts.map { Group(container: $0.container, names: $0.names) },
            environment: entry.environment.map { Group(container: $0.container, names: $0.names) },
            files: asked.version?.files.map(\.path) ?? []
        )
    }
}
