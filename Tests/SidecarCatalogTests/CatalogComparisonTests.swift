import JSON
import Manifests
import SidecarCatalog
import Testing

@Suite("Comparison of catalogs")
struct CatalogComparisonTests {
    private let base = """
        apiVersion: pillion.dev/v1
        kind: Catalog
        metadata: {name: acme}
        spec: {unknown: deny}
        ---
        apiVersion: pillion.dev/v1
        kind: Sidecar
        metadata: {name: shipper}
        spec:
          title: Shipper
          channels: {stable: 1.0.0}
          versions:
            1.0.0:
              parameters: {level: {type: string, default: info}}
              container:
                image: a/b:1
                args: [$(params.level)]
                env: [{name: A, value: a}, {name: B, value: b}]
                resources: {requests: {cpu: 100m}}
        """

    private func documents(_ text: String) throws -> [CatalogDocument] {
        try ManifestReader.documents(in: Array(text.utf8), file: "c.yaml").map {
            CatalogDocument(file: $0.file, value: $0.value, source: $0.source)
        }
    }

    private func lines(_ new: String) throws -> [String] {
        CatalogComparison(old: try documents(base), new: try documents(new)).changes.map { change in
            [change.kind.rawValue, change.sidecar, change.version, change.path.description].compactMap(\.self)
                .joined(separator: " ")
        }
    }

    @Test(
        "a replacement gives the change it means",
        arguments: [
            ("unknown: deny", "unknown: warn", "policy-changed /unknown"),
            ("name: shipper", "name: sender", "sidecar-added sender |sidecar-removed shipper "),
            ("title: Shipper", "title: Sender", "sidecar-changed shipper /title"),
            (
                "stable: 1.0.0", "next: 1.0.0",
                "channel-changed shipper /channels/stable|channel-changed shipper /channels/next"
            ),
            ("    1.0.0:", "    1.1.0:", "version-removed shipper 1.0.0 |version-added shipper 1.1.0 "),
            ("a/b:1", "a/b:2", "image-changed shipper 1.0.0 /container/image"),
            ("default: info", "default: warn", "default-changed shipper 1.0.0 /parameters/level/default"),
            ("type: string,", "type: text,", "parameter-changed shipper 1.0.0 /parameters/level/type"),
            (
                "level: {type: string, default: info}", "l: {type: text}",
                "parameter-removed shipper 1.0.0 /parameters/level|parameter-added shipper 1.0.0 /parameters/l"
            ),
            ("value: b", "value: c", "version-changed shipper 1.0.0 /container/env/B/value"),
        ]
    )
    func changes(old: String, new: String, expected: String) throws {
        #expect(try lines(base.replacing(old, with: new)) == expected.split(separator: "|").map(String.init))
    }

    @Test(
        "notation does not count",
        arguments: [
            ("cpu: 100m", "cpu: \"0.1\""),
            ("[{name: A, value: a}, {name: B, value: b}]", "[{name: B, value: b}, {name: A, value: a}]"),
            ("metadata: {name: acme}", "metadata: {name: acme, labels: {a: b}}   # a remark"),
            ("  title: Shipper\n  channels: {stable: 1.0.0}", "  channels: {\"stable\": '1.0.0'}\n  title: Shipper"),
        ]
    )
    func same(old: String, new: String) throws {
        let changed = base.replacing(old, with: new)
        #expect(changed != base)
        #expect(try lines(changed) == [])
    }
}
