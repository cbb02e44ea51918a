import CatalogLint
import JSON
import Manifests
import SidecarCatalog
import Testing

/// Catalogs around the lines of an example.
enum Example {
    private static let container: JSONValue = ["image": "registry.acme.example/shipper:1.0.0"]

    /// A day after those in the examples.
    private static let today = CalendarDate("2026-06-01")

    /// A container that no rule has anything to say about.
    private static let complete: JSONValue = [
        "image": "registry.acme.example/proxy:1.0.0",
        "ports": [["name": "admin", "containerPort": 9901]],
        "startupProbe": ["httpGet": ["path": "/ready", "port": "admin"]],
        "resources": ["requests": ["cpu": "20m", "memory": "64Mi"], "limits": ["memory": "64Mi"]],
        "securityContext": [
            "runAsNonRoot": true, "runAsUser": 65532, "allowPrivilegeEscalation": false,
            "capabilities": ["drop": ["ALL"]], "seccompProfile": ["type": "RuntimeDefault"],
        ],
    ]

    /// Lints the documents that an example stands for.
    static func lint(_ lines: String, in place: CodePage.Place) throws -> LintResult {
        let documents = try documents(lines, in: place)
        let (catalog, loaded) = CatalogLoader.load(documents)
        return CatalogLinter.lint(documents, catalog: catalog, loaded: loaded, today: today)
    }

    /// Lints YAML.
    static func lint(_ text: String) throws -> LintResult {
        try lint(text, in: .documents)
    }

    /// The codes of findings, each once.
    static func codes(_ text: String) throws -> Set<String> {
        Set(try lint(text).findings.map(\.code))
    }

    private static func documents(_ lines: String, in place: CodePage.Place) throws -> [CatalogDocument] {
        guard place != .documents else { return try read(lines) }
        let fields = try #require(try read(lines).first?.value.object, "an example is an object")
        var policy: JSONObject = [:]
        var spec: JSONObject = ["versions": ["1.0.0": ["container": container]]]
        switch place {
        case .documents: break
        case .policy: policy = fields
        case .sidecar: spec = merged(spec, fields)
        case .version:
            spec["versions"] = ["1.0.0": .object(merged(["container": container], fields))]
        }
        let proxy: JSONObject = [
            "owner": ["team": "network"],
            "versions": ["1.0.0": ["container": complete]],
        ]
        let all = [("Catalog", "acme", policy), ("Sidecar", "shipper", spec), ("Sidecar", "proxy", proxy)]
        let texts = all.map { kind, name, spec in
            JSONValue.object([
                "apiVersion": "pillion.dev/v1", "kind": .string(kind), "metadata": ["name": .string(name)],
                "spec": .object(spec),
            ]).compactText
        }
        return try read(texts.joined(separator: "\n---\n"))
    }

    private static func merged(_ object: JSONObject, _ fields: JSONObject) -> JSONObject {
        var object = object
        for member in fields.members {
            object[member.key] = member.value
        }
        return object
    }

    private static func read(_ text: String) throws -> [CatalogDocument] {
        try ManifestReader.documents(in: Array(text.utf8), file: "catalog.yaml").map {
            CatalogDocument(file: $0.file, value: $0.value, source: $0.source)
        }
    }
}
