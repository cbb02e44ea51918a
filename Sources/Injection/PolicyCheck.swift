import JSON
import SidecarCatalog

/// Holds the sidecars that would be added to a pod against the catalog's policy.
///
/// A sidecar that only a default rule wants is left out with a warning where the policy is against it; one that the pod
/// asks for, or a required rule wants, denies the pod instead. The kind of the pod is nobody's choice: a sidecar that
/// cannot be in such a pod is left out with a warning whatever rule wants it.
///
/// | against it | the pod asks | required rule | default rule |
/// |---|---|---|---|
/// | Windows, the host's network | deny | leave out | leave out |
/// | not entitled, past an enforced sunset, a conflict | deny | deny | leave out |
/// | too many, over the budget | deny | deny | deny |
struct PolicyCheck {
    /// What is left to add, in start order.
    private(set) var added: [RenderedSidecar]
    /// The names of the sidecars that were left out.
    private(set) var dropped: Set<String> = []
    /// Why the kind of the pod denies it; these go before all else.
    private(set) var refusals: [Reason] = []
    /// What else denies the pod, in the order in which it was found.
    private(set) var problems: [Reason] = []
    private(set) var warnings: [InjectionWarning] = []
    /// Why the first sidecar was left out; nil when none was.
    private(set) var skipped: Reason?
    /// What was found against single sidecars, those that were left out included.
    private(set) var objections: [(sidecar: String, reason: Reason)] = []

    private let catalog: Catalog
    private let keys: AnnotationKey
    private let pod: Pod
    private let environment: PodEnvironment
    private let present: [String]
    private var absent: [SidecarSelection.Asked]

    /// Checks what a review found absent of what a selection asks for.
    init(_ selection: SidecarSelection, _ review: PodReview, catalog: Catalog, keys: AnnotationKey) {
        self.catalog = catalog
        self.keys = keys
        pod = review.pod
        environment = review.environment
        added = review.absent
        present = review.presentEntries.map(\.name)
        absent = selection.asked.filter { [present] asked in
            asked.sidecar != nil && !present.contains { $0.hasSameBytes(as: asked.name) }
        }
        checkKind()
        checkEntitlements()
        checkLifecycles()
        checkConflicts()
        checkNumber()
        let check = PresenceCheck(pod: pod, keys: keys)
        let containers = review.presentEntries.flatMap { check.containers(of: $0) }
        let budget = BudgetCheck(budget: catalog.resources.perPod)
        problems += budget.problem(added: added, present: containers).map { [$0] } ?? []
    }

    private mutating func checkKind() {
        let isWindows = pod.isWindows
        for asked in absent {
            var reason: Reason?
            if isWindows {
                reason = Reason(.windowsPod, "the pod runs Windows; sidecar \(asked.name) is a Linux container")
            } else if pod.usesHostNetwork, asked.sidecar?.refusesHostNetwork == true {
                let text = "sidecar \(asked.name) refuses pods with hostNetwork: true"
                reason = Reason(.hostNetwork, "\(text), where its ports would be the node's")
            }
            guard let reason else { continue }
            if asked.origin == .pod {
                refusals.append(reason)
                objections.append((asked.name, reason))
            } else {
                drop(asked, reason)
            }
        }
    }

    private mutating func checkEntitlements() {
        let account = pod.serviceAccount
        for asked in absent {
            guard let entitled = asked.sidecar?.entitled else { continue }
            let namespace = environment.namespace
            if !entitled.namespaces.matches(namespace) {
                let text = "sidecar \(asked.name) is not for the namespace \(Excerpt.quote(namespace))"
                refuse(asked, .notEntitled, "\(text); it is for: \(Self.list(entitled.namespaces))")
            } else if !entitled.serviceAccounts.matches(account) {
                let text = "sidecar \(asked.name) is not for the service account \(Excerpt.quote(account))"
                refuse(asked, .notEntitled, "\(text); it is for: \(Self.list(entitled.serviceAccounts))")
            }
        }
    }

    private mutating func checkLifecycles() {
        guard let date = environment.date else { return }
        for asked in absent {
            guard let version = asked.version else { continue }
            let lifecycle = version.lifecycle
            let advice = lifecycle.replacedBy.map { "; use \($0)" } ?? ""
            switch lifecycle.stage(on: date) {
            case .current: break
            case .deprecated:
                let end = lifecycle.sunsetAfter.map { " and ends after \($0)" } ?? ""
                warn(.deprecatedVersion, "\(asked.name) \(version.version) is deprecated\(end)\(advice)")
            case .sunset:
                let day = lifecycle.sunsetAfter?.description ?? ""
                let text = "\(asked.name) \(version.version) ended after \(day)\(advice)"
                guard lifecycle.enforce == .deny else {
                    warn(.sunsetVersion, text)
                    continue
                }
                refuse(asked, .sunsetVersion, "sidecar \(text)")
            }
        }
    }

    private mutating func checkConflicts() {
        let settled = present.compactMap { SidecarName($0).flatMap(catalog.sidecar) }
        for asked in absent {
            guard let other = settled.first(where: { asked.sidecar?.conflicts.contains($0.name) == true }) else {
                continue
            }
            refuse(asked, .conflictingSidecars, "sidecar \(asked.name) conflicts with \(other.name), which is there")
        }
        guard absent.contains(where: { $0.sidecar?.conflicts.isEmpty == false }) else { return }
        // What the pod asks for, and what a required rule wants, goes before what a default rule wants.
        let ordered = absent.filter { !$0.origin.isOptional } + absent.filter(\.origin.isOptional)
        for (index, asked) in ordered.enumerated() where !dropped.contains(asked.name) {
            for other in ordered[..<index] where !dropped.contains(other.name) {
                guard let name = other.sidecar?.name, asked.sidecar?.conflicts.contains(name) == true else { continue }
                refuse(asked, .conflictingSidecars, "sidecars \(name) and \(asked.name) conflict; choose one")
                break
            }
        }
    }

    private mutating func checkNumber() {
        guard !added.isEmpty else { return }
        let number = added.count + present.count
        if let limit = catalog.limits.denyAbove, number > limit {
            let names = (present + added.map(\.name)).joined(separator: ", ")
            problems.append(
                Reason(.tooManySidecars, "the pod would have \(number) sidecars (\(names)); \(limit) are allowed")
            )
        } else if let limit = catalog.limits.warnAbove, number > limit {
            warn(.manySidecars, "the pod has \(number) sidecars; more than \(limit) are not advised")
        }
    }

    /// Leaves a sidecar out that only a default rule wants; denies the pod otherwise.
    private mutating func refuse(_ asked: SidecarSelection.Asked, _ code: ReasonCode, _ text: String) {
        if asked.origin.isOptional {
            drop(asked, Reason(code, text))
        } else {
            let rule = asked.origin.rule.map { " (rule \(Excerpt.cut($0, to: 60)) requires it)" } ?? ""
            let reason = Reason(code, text + rule)
            problems.append(reason)
            objections.append((asked.name, reason))
        }
    }

    private mutating func drop(_ asked: SidecarSelection.Asked, _ reason: Reason) {
        guard dropped.insert(asked.name).inserted else { return }
        added.removeAll { $0.name.hasSameBytes(as: asked.name) }
        absent.removeAll { $0.name.hasSameBytes(as: asked.name) }
        skipped = skipped ?? reason
        objections.append((asked.name, reason))
        let rule = Excerpt.cut(asked.origin.rule ?? "", to: 32)
        warn(.ruleSkipped, "rule \(rule) does not add \(asked.name): \(reason.code.sentence)")
    }

    private mutating func warn(_ code: InjectionWarning.Code, _ text: String) {
        warnings.append(InjectionWarning(code, text))
    }

    private static func list(_ globs: GlobList) -> String {
        globs.patterns.isEmpty ? "nobody" : globs.patterns.prefix(8).joined(separator: ", ")
    }
}
