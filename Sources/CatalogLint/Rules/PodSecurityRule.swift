import JSON
import Kubernetes
import SidecarCatalog

/// A sidecar does not lower the Pod Security level of a restricted pod.
enum PodSecurityRule: LintRule {
    static let pages = [
        CodePage(
            "pod-security-level",
            .warning,
            "A sidecar below the Pod Security level of the catalog",
            "In a namespace that enforces the level, or under this catalog's `podSecurity`, pods are refused because of "
                + "the sidecar. Where the catalog names no level, a sidecar below `restricted` is a note. A sidecar that "
                + "needs more says why in `podSecurityException`.",
            in: .documents,
            wrong: example("{runAsNonRoot: true, runAsUser: 65532}"),
            right: example(
                "{runAsNonRoot: true, runAsUser: 65532, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, "
                    + "seccompProfile: {type: RuntimeDefault}}"
            )
        )
    ]

    private static func example(_ context: String) -> String {
        """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata: {name: acme}
        spec: {podSecurity: restricted}
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: agent}
        spec:
          versions:
            1.0.0:
              container:
                image: registry.acme.example/agent:1.0.0
                securityContext: \(context)
        """
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        let declared = catalog.catalog.podSecurity
        guard declared != .privileged else { return }
        let wanted: Kubernetes.PodSecurityLevel = declared == .baseline ? .baseline : .restricted
        for version in catalog.versions where version.sidecar.podSecurityException == nil {
            let result = PodSecurity(PodLens(spec: version.podSpec), against: wanted)
            guard result.level < wanted else { continue }
            let reasons = result.findings.prefix(3).map(\.what).joined(separator: "; ")
            let more = result.findings.count > 3 ? "; and \(result.findings.count - 3) more" : ""
            findings.add(
                pages[0],
                severity: declared == nil ? .note : nil,
                "pods with sidecar '\(version.sidecar.name)' are \(result.level.rawValue), not \(wanted.rawValue): \(reasons)\(more)",
                hint: result.findings.first?.fix ?? "",
                in: version.document,
                at: version.container.pointer.appending("securityContext"),
                isAboutName: true
            )
        }
    }
}
