import JSON
import SidecarCatalog

/// A probe names a port that its container declares.
enum ProbePortRule: LintRule {
    static let pages = [
        CodePage(
            "unknown-probe-port",
            .error,
            "A probe of a port that the container does not declare",
            "The kubelet looks a port's name up in the container's own ports. When it is not there the probe fails for "
                + "ever, and the API server has no objection.",
            in: .version,
            wrong: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  ports: [{name: http, containerPort: 2020}]
                  startupProbe: {httpGet: {path: /, port: htpp}}
                """,
            right: """
                container:
                  image: registry.acme.example/shipper:1.0.0
                  ports: [{name: http, containerPort: 2020}]
                  startupProbe: {httpGet: {path: /, port: http}}
                """
        )
    ]

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        for version in catalog.versions {
            let container = version.container
            let names = container.elements("ports").compactMap { $0.value["name"]?.string }
            for (_, probe, pointer) in container.probes {
                for action in ["httpGet", "tcpSocket"] {
                    guard let port = probe[action]?["port"]?.string, !names.contains(port), Int(port) == nil else {
                        continue
                    }
                    let nearest = NearestName.nearest(to: port, among: names).map { "did you mean '\($0)'?" }
                    let known = names.isEmpty ? "it declares none" : "it declares \(names.joined(separator: ", "))"
                    findings.add(
                        pages[0],
                        "the container has no port '\(Excerpt.cut(port))'",
                        hint: nearest ?? known,
                        in: version.document,
                        at: pointer.appending(action).appending("port")
                    )
                }
            }
        }
    }
}
