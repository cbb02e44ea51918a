package import JSON
import Kubernetes

/// An impact for people and for programs to read.
package enum ImpactText {
    /// The resources whose cost is told.
    private static let resources = ["cpu", "memory"]

    /// Tables for a terminal; empty when nothing changes and nothing is deprecated.
    package static func table(_ impact: Impact) -> String {
        sections(impact).map { "\($0.title)\n\(AlignedColumns.text($0.rows))" }.joined(separator: "\n")
    }

    /// Tables for the comment on a pull request.
    package static func markdown(_ impact: Impact) -> String {
        let tables = sections(impact).map { section in
            var lines = section.rows.map { "| \($0.map(cell).joined(separator: " | ")) |" }
            lines.insert("|\(String(repeating: " --- |", count: section.rows.first?.count ?? 0))", at: 1)
            return "\n### \(section.title)\n\n\(lines.joined(separator: "\n"))\n"
        }
        return "\(summary(impact))\n\(tables.joined())"
    }

    /// All of it for programs.
    package static func json(_ impact: Impact) -> JSONValue {
        func value(_ change: Impact.Change) -> JSONValue {
            [
                "namespace": .string(change.namespace), "workload": .string(change.workload),
                "change": .string(change.text), "newlyDenied": .bool(change.isNewlyDenied),
            ]
        }
        return [
            "pods": .integer(impact.pods),
            "changes": .array(impact.changes.map(value)),
            "deprecated": .array(impact.deprecated.map(value)),
            "costs": .array(
                impact.costs.map { cost in
                    var object: JSONObject = [
                        "namespace": .string(cost.namespace), "sidecar": .string(cost.sidecar),
                    ]
                    for name in resources {
                        let (old, new) = (cost.old[name] ?? .zero, cost.new[name] ?? .zero)
                        object[name] = ["old": .string(old.description), "new": .string(new.description)]
                    }
                    return .object(object)
                }
            ),
        ]
    }

    /// How many pods change, as a sentence.
    package static func summary(_ impact: Impact) -> String {
        let denied = impact.changes.count { $0.isNewlyDenied }
        return "\(impact.changes.count) of \(impact.pods) pods change, \(denied) of them are newly denied"
    }

    private static func sections(_ impact: Impact) -> [(title: String, rows: [[String]])] {
        func rows(_ changes: [Impact.Change]) -> [[String]] {
            [["NAMESPACE", "WORKLOAD", "CHANGE"]] + changes.map { [$0.namespace, $0.workload, $0.text] }
        }
        let costs = impact.costs.map { cost in
            [cost.namespace, cost.sidecar]
                + resources.map { "\(cost.old[$0] ?? .zero) -> \(cost.new[$0] ?? .zero)" }
        }
        let all: [(title: String, rows: [[String]])] = [
            ("Newly denied", rows(impact.changes.filter(\.isNewlyDenied))),
            ("Changes", rows(impact.changes.filter { !$0.isNewlyDenied })),
            ("Requests of sidecars, one pod of each workload", [["NAMESPACE", "SIDECAR", "CPU", "MEMORY"]] + costs),
            ("On versions that end", rows(impact.deprecated)),
        ]
        return all.filter { $0.rows.count > 1 }
    }

    private static func cell(_ text: String) -> String {
        text.reduce(into: "") { cell, character in
            if "|*_<>[]`\\@".contains(character) { cell += "\\" }
            cell.append(character.isNewline ? " " : character)
        }
    }
}
