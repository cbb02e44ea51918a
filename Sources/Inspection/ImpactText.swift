import JSON
import Kubernetes
import Reports

/// An impact for people to read.
package enum ImpactText {
    /// The resources whose cost is told.
    static let resources = ["cpu", "memory"]
    /// How many rows of a table stand in a comment; hosts refuse comments of more than 65,536 characters.
    private static let maximumRows = 60

    /// Tables for a terminal; empty when nothing changes and nothing ends.
    package static func table(_ impact: Impact) -> String {
        sections(impact).map { "\($0.title)\n\(AlignedColumns.text($0.rows))" }.joined(separator: "\n")
    }

    /// Tables for the comment on a pull request; of long ones the beginning.
    package static func markdown(_ impact: Impact) -> String {
        let tables = sections(impact).map { section in
            var lines = section.rows.prefix(maximumRows + 1).map { row in
                "| \(row.map { cell(Excerpt.cut($0, to: 300)) }.joined(separator: " | ")) |"
            }
            lines.insert("|\(String(repeating: " --- |", count: section.rows.first?.count ?? 0))", at: 1)
            let more = section.rows.count - 1 - maximumRows
            let rest = more > 0 ? "\n\nand \(more) more" : ""
            return "\n### \(section.title)\n\n\(lines.joined(separator: "\n"))\(rest)\n"
        }
        return "## What the new catalog does\n\n\(summary(impact)).\n\(tables.joined())"
    }

    /// How many pods change, as a sentence without its full stop.
    package static func summary(_ impact: Impact) -> String {
        let changed = impact.changes.reduce(0) { $0 + $1.pods }
        let denied = impact.changes.filter(\.isNewlyDenied).reduce(0) { $0 + $1.pods }
        var text = "\(changed) of \(impact.pods) pods change, \(denied) of them are newly denied"
        if impact.deniedPods > 0 { text += "; \(impact.deniedPods) are denied as before" }
        if impact.changedPods > 0 { text += "; \(impact.changedPods) do not match their status and count as they are" }
        return text
    }

    private static func sections(_ impact: Impact) -> [(title: String, rows: [[String]])] {
        func rows(_ changes: [Impact.Change]) -> [[String]] {
            [["NAMESPACE", "WORKLOAD", "PODS", "CHANGE"]]
                + changes.map { [$0.namespace, $0.workload, String($0.pods), $0.text] }
        }
        let resourceNames = resources.map { $0.uppercased() }
        let endings = impact.endings.entries.map { entry in
            let sidecar = "\(entry.sidecar) \(entry.version)"
            return [entry.namespace, entry.workload, String(entry.pods), sidecar, entry.phrase]
        }
        let namespaces = impact.costs.namespaces
        let total = namespaces.isEmpty ? [] : [["all"] + row(impact.costs.total)]
        let all: [(title: String, rows: [[String]])] = [
            ("Newly denied", rows(impact.changes.filter(\.isNewlyDenied))),
            ("Changes", rows(impact.changes.filter { !$0.isNewlyDenied })),
            (
                "Requests of sidecars",
                [["NAMESPACE", "SIDECAR", "PODS"] + resourceNames]
                    + impact.costs.sidecars.map { [$0.namespace, $0.sidecar ?? ""] + row($0) }
            ),
            (
                "Requests of pods, as the scheduler counts them",
                [["NAMESPACE", "PODS"] + resourceNames] + namespaces.map { [$0.namespace] + row($0) } + total
            ),
            ("On versions that end", [["NAMESPACE", "WORKLOAD", "PODS", "SIDECAR", "END"]] + endings),
        ]
        return all.filter { $0.rows.count > 1 }
    }

    private static func row(_ cost: ImpactCosts.Cost) -> [String] {
        let pods = cost.oldPods == cost.newPods ? String(cost.newPods) : "\(cost.oldPods) -> \(cost.newPods)"
        return [pods]
            + resources.map { name in
                let (old, new) = (cost.old[name] ?? .zero, cost.new[name] ?? .zero)
                guard old != new else { return new.description }
                let difference = new + Quantity(nanos: -old.nanos, format: old.format)
                return "\(old) -> \(new) (\(difference < .zero ? "" : "+")\(difference))"
            }
    }

    private static func cell(_ text: String) -> String {
        text.reduce(into: "") { cell, character in
            if "|*_<>[]`\\@".contains(character) { cell += "\\" }
            cell.append(character.isNewline ? " " : character)
        }
    }
}
