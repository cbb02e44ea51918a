import JSON
import SidecarCatalog

/// Sidecars of one pod listen on different ports.
enum PortPairRule: LintRule {
    static let pages = [
        CodePage(
            "port-conflict",
            .warning,
            "Two sidecars that listen on the same port",
            "All containers of a pod share one network, so the second one cannot bind the port. A pod that asks for both "
                + "is denied. Move one of them, by default or by a parameter, or declare the sidecars as `conflicts`.",
            in: .documents,
            wrong: example(8080),
            right: example(9090)
        )
    ]

    private static func example(_ port: Int) -> String {
        PairExample.documents(
            cache: "container: {image: \"registry.acme.example/cache:1.0.0\", ports: [{containerPort: 8080}]}",
            proxy: "container: {image: \"registry.acme.example/proxy:1.0.0\", ports: [{containerPort: \(port)}]}"
        )
    }

    private struct Port: Hashable {
        let number: Int
        let transport: String
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        let index = PairIndex<Port>(catalog) { version in
            version.container.elements("ports").compactMap { port, pointer in
                guard let number = port["containerPort"]?.integer, number > 0 else { return nil }
                let key = Port(number: number, transport: port["protocol"]?.string ?? "TCP")
                return (key, .null, pointer.appending("containerPort"))
            }
        }
        index.forEachPair(in: catalog, sameIsFine: false) { port, first, second in
            findings.add(
                pages[0],
                "port \(port.number)/\(port.transport) is also that of sidecar '\(first.version.sidecar.name)'",
                hint: "use another port, or list one sidecar in the 'conflicts' of the other",
                in: second.version.document,
                at: second.pointer,
                others: [first.version.document]
            )
        }
    }
}
