import JSON
public import SidecarCatalog

/// Decides what a pod gets from a catalog, and makes the patch.
///
/// Pure: the same pod, environment and catalog give the same outcome, byte for byte. The rows of the decision, in order:
///
/// | # | row | outcome |
/// |---|---|---|
/// | 1 | mirror pod, Pillion's own namespace, excluded namespace | skip |
/// | 2 | nothing asked for, or opted out | skip |
/// | 3 | everything asked for is there already | skip; only a removed restart policy is repaired |
/// | 4 | the kind of pod is refused: Windows, the host's network | deny |
/// | 5 | something asked for is unknown, not allowed or in conflict with the pod | deny |
/// | 6 | otherwise | inject |
public struct PodInjector: Sendable {
    /// The approved sidecars.
    public let catalog: Catalog
    private let keys: AnnotationKey
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
        if let reason = exemption(pod, environment) { return InjectionOutcome(.skip(reason), pod: pod.json) }
        let request = InjectionRequest(pod: pod, keys: keys)
        let selection = SidecarSelection(request, catalog: catalog, keys: keys)
        let review = PodReview(
            pod: pod,
            environment: environment,
            catalog: catalog,
            keys: keys,
            memo: memo,
            request: request,
            selection: selection
        )
        let warnings = selection.warnings + review.warnings
        guard !selection.asked.isEmpty else {
            return unasked(request, selection, pod: pod, warnings: warnings)
        }
        if let reason = review.presentReason {
            return present(reason, review, warnings: warnings)
        }
        if let reason = review.refusedKind ?? selection.problems.first.map({ merged($0, selection.problems) })
            ?? review.problem
        {
            return InjectionOutcome(.deny(reason), warnings: warnings, pod: pod.json)
        }
        guard !review.absent.isEmpty else {
            return InjectionOutcome(.skip(Reason(.nothingKnown)), warnings: warnings, pod: pod.json)
        }
        return inject(review, warnings: warnings)
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
        if request.isOptedOut { return InjectionOutcome(.skip(Reason(.optedOut)), warnings: warnings, pod: pod.json) }
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

    private func inject(_ review: PodReview, warnings: [InjectionWarning]) -> InjectionOutcome {
        var warnings = warnings
        var builder = MutationBuilder(
            pod: review.pod,
            catalog: catalog,
            keys: keys,
            environment: review.environment,
            present: review.presentEntries
        )
        do throws(Reason) {
            for rendered in review.absent {
                try builder.add(rendered, to: review.receivers(of: rendered))
            }
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
            let names = review.absent.map { "\($0.name) \($0.version.text)" }.joined(separator: ", ")
            return outcome(
                mutation,
                Reason(.injected, "added \(names)"),
                review.absent,
                pod: review.pod,
                warnings: warnings
            )
        } catch {
            return InjectionOutcome(.deny(error), warnings: warnings, pod: review.pod.json)
        }
    }

    private func outcome(
        _ mutation: PodMutation,
        _ reason: Reason,
        _ rendered: [RenderedSidecar],
        pod: Pod,
        warnings: [InjectionWarning]
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
                injected: rendered.map { .init(name: $0.name, version: $0.version.text) },
                warnings: warnings,
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
