import JSON
public import SidecarCatalog

/// Decides what a pod gets from a catalog, and makes the patch.
///
/// Pure: the same pod, environment and catalog give the same outcome, byte for byte. The rows of the decision, in order:
///
/// | # | row | outcome |
/// |---|---|---|
/// | 1 | mirror pod, Pillion's own namespace, excluded namespace | skip |
/// | 2 | nothing wanted by rule or annotation, or opted out (see `SidecarSelection`) | skip |
/// | 3 | everything wanted is there already | skip; only a removed restart policy is repaired |
/// | 3 | but a required sidecar is there with an image the catalog does not know | deny |
/// | 4 | the kind of pod is refused: Windows, the host's network (see `PolicyCheck`) | deny; by rule: leave out |
/// | 5 | something wanted is unknown, not allowed or in conflict with the pod | deny |
/// | 6 | otherwise | inject, with warnings about dates, numbers, resources and security |
public struct PodInjector: Sendable {
    /// The approved sidecars.
    public let catalog: Catalog
    let keys: AnnotationKey
    private let memo = RenderMemo()

    /// Makes an injector.
    public init(catalog: Catalog) {
        self.catalog = catalog
        self.keys = AnnotationKey(domain: catalog.annotationDomain)
    }

    /// Whether an annotation of this name is one that Pillion reads or writes on pods.
    public func reads(annotation key: String) -> Bool {
        let prefix = key.prefix { $0 != "/" }
        return prefix == keys.domain || prefix.hasSuffix(".\(keys.domain)")
    }

    /// What happens to `pod`.
    public func decide(_ pod: Pod, in environment: PodEnvironment) -> InjectionOutcome {
        var trace: DecisionTrace?
        return decide(pod, in: environment, trace: &trace)
    }

    /// What happens to `pod`, with the way to it where the caller gives a trace to fill.
    func decide(_ pod: Pod, in environment: PodEnvironment, trace: inout DecisionTrace?) -> InjectionOutcome {
        if let reason = exemption(pod, environment) { return InjectionOutcome(.skip(reason), pod: pod.json) }
        let request = InjectionRequest(pod: pod, keys: keys)
        let selection = SidecarSelection(request, pod: pod, environment: environment, catalog: catalog, keys: keys)
        trace?.note(request, selection)
        guard !selection.asked.isEmpty || pod.annotation(keys.status) != nil else {
            return unasked(request, selection, pod: pod, warnings: selection.warnings)
        }
        let review = PodReview(
            pod: pod,
            environment: environment,
            catalog: catalog,
            keys: keys,
            memo: memo,
            request: request,
            selection: selection
        )
        trace?.review = review
        var warnings = selection.warnings + review.warnings
        guard !selection.asked.isEmpty else {
            return unasked(request, selection, pod: pod, warnings: warnings)
        }
        if let reason = requiredUnknown(selection, review) {
            return InjectionOutcome(.deny(reason), warnings: warnings, pod: pod.json)
        }
        let check = PolicyCheck(selection, review, catalog: catalog, keys: keys)
        trace?.check = check
        warnings += check.warnings
        if let reason = review.presentReason(besides: check.dropped.union(selection.ignored)) {
            return present(reason, review, warnings: warnings)
        }
        let problems = check.refusals + selection.problems + problems(review, selection, check) + check.problems
        if let first = problems.first {
            return InjectionOutcome(.deny(merged(first, problems)), warnings: warnings, pod: pod.json)
        }
        guard !check.added.isEmpty else {
            return present(check.skipped ?? Reason(.nothingKnown), review, warnings: warnings)
        }
        return inject(check.added, selection, review, warnings: warnings, trace: &trace)
    }

    /// A required sidecar that is in the pod in a form nobody approved: the one pod that row 3 denies.
    private func requiredUnknown(_ selection: SidecarSelection, _ review: PodReview) -> Reason? {
        for asked in selection.asked where review.unknownVersions.contains(asked.name) {
            guard case .required(let rule) = asked.origin else { continue }
            let text =
                "sidecar \(asked.name), which rule \(Excerpt.cut(rule, to: 60)) requires, has an image in the pod"
            return Reason(
                .requiredUnknownVersion,
                "\(text) that no version in the catalog has; inject the template again"
            )
        }
        return nil
    }

    /// The problems of the sidecars that are left, with the way out where only a default rule wants one.
    private func problems(_ review: PodReview, _ selection: SidecarSelection, _ check: PolicyCheck) -> [Reason] {
        review.problems.filter { $0.sidecar.map { !check.dropped.contains($0) } ?? true }
            .map { advised($0.reason, about: $0.sidecar, selection) }
    }

    private func advised(_ reason: Reason, about sidecar: String?, _ selection: SidecarSelection) -> Reason {
        guard let asked = selection.asked.first(where: { $0.name == sidecar }), case .rule(let rule) = asked.origin
        else {
            return reason
        }
        let way = "rule \(Excerpt.cut(rule, to: 60)) adds \(asked.name); to do without: \(keys.exclude): \(asked.name)"
        return Reason(reason.code, "\(reason.message) (\(way))")
    }

    private func exemption(_ pod: Pod, _ environment: PodEnvironment) -> Reason? {
        if pod.annotations?[AnnotationKey.mirror] != nil { return Reason(.mirrorPod) }
        if let own = environment.ownNamespace, own == environment.namespace { return Reason(.ownNamespace) }
        if catalog.excludes(namespace: environment.namespace) {
            let namespace = Excerpt.quote(environment.namespace)
            return Reason(.excludedNamespace, "the catalog \(catalog.name) excludes the namespace \(namespace)")
        }
        return nil
    }

    private func unasked(
        _ request: InjectionRequest,
        _ selection: SidecarSelection,
        pod: Pod,
        warnings: [InjectionWarning]
    ) -> InjectionOutcome {
        if let problem = selection.problems.first {
            return InjectionOutcome(.deny(merged(problem, selection.problems)), warnings: warnings, pod: pod.json)
        }
        if selection.isOptedOut { return InjectionOutcome(.skip(Reason(.optedOut)), warnings: warnings, pod: pod.json) }
        let isIgnored = warnings.contains { $0.code == .unknownIgnored } && request.items?.isEmpty == false
        var warnings = warnings
        if request.items?.isEmpty == true {
            warnings.append(InjectionWarning(.emptyRequest, "\(keys.inject) is empty: name the sidecars, or remove it"))
        }
        return InjectionOutcome(
            .skip(Reason(isIgnored ? .nothingKnown : .notRequested)),
            warnings: warnings,
            pod: pod.json
        )
    }

    private func present(_ reason: Reason, _ review: PodReview, warnings: [InjectionWarning]) -> InjectionOutcome {
        guard !review.restartPolicyRepairs.isEmpty else {
            return InjectionOutcome(.skip(reason), warnings: warnings, pod: review.pod.json)
        }
        var mutation = PodMutation()
        mutation.restartPolicyRepairs = review.restartPolicyRepairs
        return outcome(mutation, Reason(.repaired), [], pod: review.pod, warnings: warnings)
    }

    private func inject(
        _ added: [RenderedSidecar],
        _ selection: SidecarSelection,
        _ review: PodReview,
        warnings: [InjectionWarning],
        trace: inout DecisionTrace?
    ) -> InjectionOutcome {
        var warnings = warnings
        var current: String?
        var builder = MutationBuilder(
            pod: review.pod,
            catalog: catalog,
            keys: keys,
            environment: review.environment,
            present: review.presentEntries
        )
        do throws(Reason) {
            for rendered in added {
                current = rendered.name
                try builder.add(rendered, to: review.receivers(of: rendered))
            }
            current = nil
            var mutation = try builder.finish(previous: review.previousStatus)
            mutation.restartPolicyRepairs = review.restartPolicyRepairs
            if !mutation.containers.isEmpty {
                let names = mutation.containers.map(\.key).joined(separator: ", ")
                warnings.append(
                    InjectionWarning(
                        .plainContainer,
                        "this cluster has no native sidecars: \(names) is a plain container"
                    )
                )
            }
            let names = added.map { "\($0.name) \($0.version.text)" }.joined(separator: ", ")
            return outcome(
                mutation,
                Reason(.injected, "added \(names)"),
                added.map { injected($0, selection) },
                pod: review.pod,
                warnings: warnings
            ) { resultWarnings(review, $0, added) }
        } catch {
            let reason = advised(error, about: current, selection)
            trace?.conflict = (current, reason)
            return InjectionOutcome(.deny(reason), warnings: warnings, pod: review.pod.json)
        }
    }

    /// What row 6 warns about.
    private func resultWarnings(
        _ review: PodReview,
        _ patched: JSONValue,
        _ added: [RenderedSidecar]
    ) -> [InjectionWarning] {
        let check = ResultCheck(review.pod, patched, added: added)
        let quality = review.isGuaranteed ? check.guaranteedLost() : nil
        let security = catalog.podSecurity.map {
            check.podSecurity($0, clusterVersion: review.environment.clusterVersion)
        }
        return [quality, check.resourceJump()].compactMap(\.self) + (security ?? [])
    }

    private func injected(_ rendered: RenderedSidecar, _ selection: SidecarSelection) -> InjectionOutcome.Injected {
        let origin = selection.asked.first { $0.name == rendered.name }?.origin
        let version = rendered.version.text
        return InjectionOutcome.Injected(name: rendered.name, version: version, rule: origin?.rule)
    }

    private func outcome(
        _ mutation: PodMutation,
        _ reason: Reason,
        _ injected: [InjectionOutcome.Injected],
        pod: Pod,
        warnings: [InjectionWarning],
        resultWarnings: (JSONValue) -> [InjectionWarning] = { _ in [] }
    ) -> InjectionOutcome {
        let builder = mutation.patch(for: pod)
        let patch = builder.patch
        do throws(Reason) {
            let text = builder.text()
            try PatchCheck.check(text)
            let patched = try PatchCheck.apply(patch, to: pod, mutation: mutation)
            return InjectionOutcome(
                .inject(reason, patch),
                patch: text,
                injected: injected,
                warnings: warnings + resultWarnings(patched),
                pod: patched
            )
        } catch {
            return InjectionOutcome(.deny(error), warnings: warnings, pod: pod.json)
        }
    }

    /// The first problem with the messages of the next few, so that one attempt shows them all.
    private func merged(_ first: Reason, _ problems: [Reason]) -> Reason {
        Reason(first.code, problems.prefix(5).map(\.message).joined(separator: "; "))
    }
}
