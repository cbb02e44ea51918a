import Injection
package import JSON

/// An audit for programs to read.
package enum AuditJSON {
    /// The numbers, and the owners with findings.
    package static func value(_ audit: Audit) -> JSONValue {
        [
            "pods": .integer(audit.pods),
            "affectedPods": .integer(audit.affectedPods),
            "endedPods": .integer(audit.endedPods),
            "owners": .array(audit.owners.map(value)),
        ]
    }

    private static func value(_ entry: Audit.Owner) -> JSONValue {
        [
            "namespace": .string(entry.owner.namespace),
            "kind": .string(entry.owner.kind),
            "name": .string(entry.owner.name),
            "denial": entry.denial.map { ["code": .string($0.code.rawValue), "message": .string($0.message)] } ?? .null,
            "restart": .string(RestartAdvice.line(entry)),
            "findings": .array(entry.groups.map(value)),
        ]
    }

    private static func value(_ group: Audit.Group) -> JSONValue {
        [
            "kind": .string(group.finding.kind.rawValue),
            "sidecar": group.finding.sidecar.map { .string($0) } ?? .null,
            "message": .string(group.finding.message),
            "pods": .array(group.pods.map { .string($0) }),
        ]
    }
}
