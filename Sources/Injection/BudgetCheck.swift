import JSON
import Kubernetes
import SidecarCatalog

/// Holds what a pod's sidecars request together against the catalog's budget (`resources.perPod`).
///
/// What counts is what the scheduler would reserve for a pod of nothing but the sidecars: those that run together add
/// up, a setup step counts with the sidecars before it.
struct BudgetCheck {
    let budget: [(resource: String, maximum: Quantity)]

    /// Whether the sidecars are over the budget.
    ///
    /// - Parameters:
    ///   - added: What would be added.
    ///   - present: The containers of sidecars that are in the pod already.
    /// - Returns: Why they are; nil when they are not.
    func problem(added: [RenderedSidecar], present: [PodContainer]) -> Reason? {
        guard !budget.isEmpty, !added.isEmpty else { return nil }
        let containers =
            present.map { JSONValue.object($0.json) } + added.flatMap(\.initContainers).map { .object($0.object) }
        let requests = PodResources(containersOf: PodLens(spec: ["initContainers": .array(containers)])).requests
        for (resource, maximum) in budget {
            guard let requested = requests[resource], requested > maximum else { continue }
            let names = added.map(\.name).joined(separator: ", ")
            let text = "the pod's sidecars would request \(requested) of \(Excerpt.cut(resource, to: 63)) with \(names)"
            return Reason(.overBudget, "\(text); \(maximum) is allowed")
        }
        return nil
    }
}
