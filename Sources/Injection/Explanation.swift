/// Why a pod gets what it gets: the decision with the way to it, and the pod before and after.
package struct Explanation: Sendable {
    /// The decision, as everyone else gets it.
    package let outcome: InjectionOutcome
    /// The sidecars asked for, in start order.
    package let sidecars: [SidecarExplanation]
    /// What stands in the way and is about no sidecar in particular.
    package let problems: [Reason]
    /// What a pod that gets nothing comes nearest to, in sentences.
    package let hints: [String]
    /// The pod as it came.
    package let before: PodSummary
    /// The pod that results; the same unless something is injected.
    package let after: PodSummary
}
