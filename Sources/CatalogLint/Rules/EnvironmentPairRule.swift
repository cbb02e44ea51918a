import JSON
import SidecarCatalog

/// Sidecars give the application different variables, or the same value.
enum EnvironmentPairRule: LintRule {
    static let pages = [
        CodePage(
            "environment-conflict",
            .warning,
            "Two sidecars that set a variable of the application differently",
            "Nothing that a pod has is overwritten, so a pod that asks for both sidecars is denied.",
            in: .documents,
            wrong: example("http://127.0.0.1:9090"),
            right: example("http://127.0.0.1:8080")
        )
    ]

    private static func example(_ value: String) -> String {
        PairExample.documents(
            cache: "app: {env: [{name: HTTP_PROXY, value: \"http://127.0.0.1:8080\"}]}",
            proxy: "app: {env: [{name: HTTP_PROXY, value: \"\(value)\"}]}"
        )
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        let index = PairIndex<String>(catalog) { version in
            version.appEnvironment.compactMap { variable in
                variable.value["name"]?.string.map { ($0, variable.value, variable.pointer) }
            }
        }
        index.forEachPair(in: catalog, sameIsFine: true) { name, first, second in
            findings.add(
                pages[0],
                "sidecar '\(first.version.sidecar.name)' sets '\(Excerpt.cut(name))' to another value",
                hint: "set the same value, or list one sidecar in the 'conflicts' of the other",
                in: second.version.document,
                at: second.pointer,
                others: [first.version.document]
            )
        }
    }
}
