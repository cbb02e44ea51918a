import JSON
import Kubernetes
import SidecarCatalog

extension PodInjector {
    /// Why `pod` gets what it gets; its outcome is that of ``decide(_:in:)``, by the same code.
    package func explain(_ pod: Pod, in environment: PodEnvironment) -> Explanation {
        var trace: DecisionTrace? = DecisionTrace()
        let outcome = decide(pod, in: environment, trace: &trace)
        let version = environment.clusterVersion.map { PodSecurityVersion(minor: $0.minor) } ?? .latest
        let explainer = SidecarExplainer(pod: pod, outcome: outcome, trace: trace ?? DecisionTrace(), keys: keys)
        let before = PodSummary(pod.json, version: version)
        return Explanation(
            outcome: outcome,
            sidecars: explainer.explanations(catalog: catalog, environment: environment),
            problems: explainer.problems,
            hints: hints(outcome, pod, environment),
            before: before,
            after: outcome.decision.patch.operations.isEmpty ? before : PodSummary(outcome.pod, version: version)
        )
    }

    private func hints(_ outcome: InjectionOutcome, _ pod: Pod, _ environment: PodEnvironment) -> [String] {
        guard case .skip(let reason) = outcome.decision else { return [] }
        return NearMiss(pod: pod, environment: environment, catalog: catalog, keys: keys).hints(reason.code)
    }
}
