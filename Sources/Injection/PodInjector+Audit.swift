extension PodInjector {
    /// What is wrong with the sidecars of a live pod, by the code that decides over new ones.
    ///
    /// - Parameters:
    ///   - pod: The pod as the API server has it.
    ///   - environment: What is known about it; its pull secrets have been applied.
    /// - Returns: What is wrong, and whether a pod like it would be denied now.
    package func audit(_ pod: Pod, in environment: PodEnvironment) -> AuditedPod {
        var trace: DecisionTrace? = DecisionTrace()
        let outcome = decide(pod, in: environment, trace: &trace)
        guard let trace, trace.selection != nil else { return AuditedPod(findings: [], denial: nil) }
        var denial: Reason?
        if case .deny(let reason) = outcome.decision { denial = reason }
        let auditor = PodAuditor(pod: pod, trace: trace, catalog: catalog, keys: keys)
        return AuditedPod(findings: auditor.findings, denial: denial)
    }
}
