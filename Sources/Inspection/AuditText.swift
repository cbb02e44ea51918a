import Injection
import JSON
import Reports

/// An audit as a table for a person to read.
package enum AuditText {
    /// The findings with the commands that put them right; empty when there are none.
    package static func table(_ audit: Audit) -> String {
        guard !audit.isClean else { return "" }
        var rows = [["NAMESPACE", "OWNER", "FINDING", "SIDECAR", "PODS", "DETAIL"]]
        for entry in audit.owners {
            for group in entry.groups {
                let owner = "\(entry.owner.kind)/\(entry.owner.name)"
                rows.append([
                    Excerpt.cut(entry.owner.namespace, to: 63), Excerpt.cut(owner, to: 120),
                    group.finding.kind.rawValue, group.finding.sidecar ?? "-", String(group.pods.count),
                    group.finding.message,
                ])
            }
        }
        let lines = audit.owners.map(RestartAdvice.line)
        return AlignedColumns.text(rows) + "\n# To make the pods anew:\n" + lines.joined(separator: "\n") + "\n"
    }

    /// How much was looked at, as a sentence.
    package static func summary(_ audit: Audit) -> String {
        let ended = audit.endedPods == 0 ? "" : ", \(audit.endedPods) that have ended not counted"
        return "\(audit.affectedPods) of \(audit.pods) pods have findings\(ended)"
    }
}
