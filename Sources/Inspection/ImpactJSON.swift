import Injection
package import JSON
import Kubernetes
import SidecarCatalog

/// An impact for programs to read.
package enum ImpactJSON {
    /// The numbers, and all that changes.
    package static func value(_ impact: Impact) -> JSONValue {
        [
            "pods": .integer(impact.pods),
            "deniedPods": .integer(impact.deniedPods),
            "changedPods": .integer(impact.changedPods),
            "changes": .array(impact.changes.map(value)),
            "endings": .array(impact.endings.entries.map(value)),
            "costs": [
                "sidecars": .array(impact.costs.sidecars.map(value)),
                "namespaces": .array(impact.costs.namespaces.map(value)),
                "total": value(impact.costs.total),
            ],
        ]
    }

    private static func value(_ change: Impact.Change) -> JSONValue {
        let denial = change.denial
        return [
            "namespace": .string(change.namespace), "workload": .string(change.workload),
            "pods": .integer(change.pods), "change": .string(change.text), "newlyDenied": .bool(change.isNewlyDenied),
            "code": denial.map { .string($0.code.rawValue) } ?? .null,
            "remedy": denial?.code.remedy.map { .string($0) } ?? .null,
        ]
    }

    private static func value(_ entry: EndingVersions.Entry) -> JSONValue {
        let lifecycle = entry.lifecycle
        func text(_ value: (some CustomStringConvertible)?) -> JSONValue {
            value.map { .string($0.description) } ?? .null
        }
        return [
            "namespace": .string(entry.namespace), "workload": .string(entry.workload), "pods": .integer(entry.pods),
            "sidecar": .string(entry.sidecar), "version": .string(entry.version),
            "ended": .bool(entry.stage == .sunset),
            "deprecatedAfter": text(lifecycle.deprecatedAfter), "sunsetAfter": text(lifecycle.sunsetAfter),
            "replacedBy": text(lifecycle.replacedBy),
        ]
    }

    private static func value(_ cost: ImpactCosts.Cost) -> JSONValue {
        var object: JSONObject = ["pods": ["old": .integer(cost.oldPods), "new": .integer(cost.newPods)]]
        if !cost.namespace.isEmpty { object["namespace"] = .string(cost.namespace) }
        if let sidecar = cost.sidecar { object["sidecar"] = .string(sidecar) }
        for name in ImpactText.resources {
            let (old, new) = (cost.old[name] ?? .zero, cost.new[name] ?? .zero)
            object[name] = ["old": .string(old.description), "new": .string(new.description)]
        }
        return .object(object)
    }
}
