import JSON
import SidecarCatalog

/// Where traffic is captured by user, every sidecar has a user of its own, and only one captures.
enum CapturePairRule: LintRule {
    static let pages = [
        CodePage(
            "user-collision",
            .warning,
            "A sidecar with the user of one that captures traffic",
            "A proxy that redirects the pod's traffic by iptables lets its own user's traffic pass. Another container "
                + "with the same user bypasses the proxy without notice.",
            in: .documents,
            wrong: example(proxy: capture, user: 2102),
            right: example(proxy: capture, user: 2103)
        ),
        CodePage(
            "double-capture",
            .warning,
            "Two sidecars that capture the pod's traffic",
            "Both rewrite the pod's iptables rules. Which proxy sees the traffic, and whether it arrives at all, depends "
                + "on the order in which they ran. Declare them as `conflicts`.",
            in: .documents,
            wrong: example(proxy: capture, user: 2103, second: true),
            right: example(proxy: capture, user: 2103)
        ),
    ]

    private static let capture = """
        setup:
          init:
            image: registry.acme.example/init:1.0.0
            securityContext: {capabilities: {add: [NET_ADMIN]}}
        """

    private static func example(proxy: String, user: Int, second: Bool = false) -> String {
        func documents(_ name: String, _ user: Int, _ captures: Bool) -> String {
            """
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: \(name)}
            spec:
              podSecurityException: it redirects the pod's traffic
              versions:
                1.0.0:
                  container: {image: "registry.acme.example/\(name):1.0.0", securityContext: {runAsUser: \(user)}}
            """
                + (captures ? "\n" + proxy.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n") : "")
        }
        let head = "apiVersion: pillion.dev/v1\nkind: Catalog\nmetadata: {name: acme}\n"
        return head + documents("mesh", 2102, true) + "\n" + documents("shipper", user, second)
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        let captures = catalog.sidecars.map { $0.versions.contains(where: isCapturing) }
        let users = PairIndex<Int>(catalog) { version in
            guard let user = version.container.json["securityContext"]?["runAsUser"]?.integer else { return [] }
            let pointer = version.container.pointer.appending("securityContext").appending("runAsUser")
            return [(user, .null, pointer)]
        }
        users.forEachPair(in: catalog, sameIsFine: false) { user, first, second in
            guard captures[first.sidecar] || captures[second.sidecar] else { return }
            let (proxy, other) = captures[first.sidecar] ? (first, second) : (second, first)
            findings.add(
                pages[0],
                "user \(user) is that of sidecar '\(proxy.version.sidecar.name)', whose traffic is not captured",
                hint: "use another user",
                in: other.version.document,
                at: other.pointer,
                others: [proxy.version.document]
            )
        }
        let steps = PairIndex<Bool>(catalog) { version in
            isCapturing(version) ? [(true, .null, version.pointer.appending("setup"))] : []
        }
        steps.forEachPair(in: catalog, sameIsFine: false) { _, first, second in
            findings.add(
                pages[1],
                "sidecar '\(first.version.sidecar.name)' captures the pod's traffic as well",
                hint: "list one of them in the 'conflicts' of the other",
                in: second.version.document,
                at: second.pointer,
                isAboutName: true,
                others: [first.version.document]
            )
        }
    }

    /// Whether a version has a step that may rewrite the pod's network.
    private static func isCapturing(_ version: LintedVersion) -> Bool {
        version.steps.contains { step in
            step.json["securityContext"]?["capabilities"]?["add"]?.array?.contains("NET_ADMIN") == true
                || step.json["securityContext"]?["privileged"] == true
        }
    }
}
