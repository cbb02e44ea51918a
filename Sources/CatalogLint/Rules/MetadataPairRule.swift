import JSON
import SidecarCatalog

/// Sidecars give the pod different labels and annotations, or the same value.
enum MetadataPairRule: LintRule {
    static let pages = [
        CodePage(
            "metadata-conflict",
            .warning,
            "Two sidecars that set a label or an annotation of the pod differently",
            "Nothing that a pod has is overwritten, so a pod that asks for both sidecars is denied. Scrape annotations "
                + "are the usual case: only one sidecar can have them.",
            in: .documents,
            wrong: example("9090"),
            right: example("8080")
        )
    ]

    private static func example(_ port: String) -> String {
        PairExample.documents(
            cache: "pod: {annotations: {prometheus.io/port: \"8080\"}}",
            proxy: "pod: {annotations: {prometheus.io/port: \"\(port)\"}}"
        )
    }

    static func check(_ catalog: LintedCatalog, _ findings: inout LintFindings) {
        let index = PairIndex<[String]>(catalog) { version in
            let place = version.pointer.appending("pod")
            return [("annotations", version.annotations), ("labels", version.labels)].flatMap { field, object in
                object.members.map { ([field, $0.key], $0.value, place.appending(field).appending($0.key)) }
            }
        }
        index.forEachPair(in: catalog, sameIsFine: true) { key, first, second in
            findings.add(
                pages[0],
                "sidecar '\(first.version.sidecar.name)' sets '\(Excerpt.cut(key.last ?? ""))' to another value",
                hint: "set the same value, or list one sidecar in the 'conflicts' of the other",
                in: second.version.document,
                at: second.pointer,
                others: [first.version.document]
            )
        }
    }
}
