import JSON
import Manifests
import SidecarCatalog
import Testing

@Suite("Catalogs of any shape")
struct CatalogRobustnessTests {
    private static let replacements: [JSONValue] = [
        nil, true, -1, "", "$(params.x", "/..", "a", [], [nil], [[:]], [:], ["": nil], ["name": "a", "type": "list"],
    ]

    private static let document = Document.sidecar(
        spec: [
            "channels: {stable: 1.0.0}", "owner: {team: a}", "after: [b]", "refuses: {hostNetwork: true}",
            "phase: network",
        ],
        version: [
            "parameters: {p: {type: list, items: {type: enum, values: [b]}, default: [b]}, q: {type: quantity, maximum: 1Gi}}",
            "requires: {secrets: [$(params.q)]}",
            "setup: {s: {image: example/b:1, volumeMounts: [{name: v, mountPath: /v}]}}",
            "container: {image: example/a:1, args: $(params.p), ports: [{name: a, containerPort: 1}], securityContext: {capabilities: {add: []}}}",
            "files: {/etc/a/b: {yaml: {a: $(params.p)}}}", "volumes: [{name: v, emptyDir: {}}]",
            "pod: {labels: {a: b}}",
            "app: {env: [{name: A, value: b}], volumeMounts: [{name: v, mountPath: /v}]}",
        ]
    )

    @Test("whatever stands in the place of a part is reported or accepted, and never traps")
    func mutations() throws {
        let read = try #require(try ManifestReader.documents(in: Array(Self.document.utf8)).first)
        var rejected = 0
        var total = 0
        for pointer in pointers(of: read.value, at: JSONPointer()) {
            for replacement in Self.replacements {
                let value = replace(read.value, pointer.tokens[...], with: replacement)
                let document = CatalogDocument(file: "a.yaml", value: value, source: read.source)
                let (catalog, diagnostics) = CatalogLoader.load([document])
                #expect((catalog == nil) == diagnostics.hasErrors)
                rejected += catalog == nil ? 1 : 0
                total += 1
            }
        }
        #expect(total > 800)
        #expect(rejected > total / 2)
    }

    private func pointers(of value: JSONValue, at pointer: JSONPointer) -> [JSONPointer] {
        switch value {
        case .object(let object):
            [pointer] + object.members.flatMap { pointers(of: $0.value, at: pointer.appending($0.key)) }
        case .array(let elements):
            [pointer] + elements.enumerated().flatMap { pointers(of: $1, at: pointer.appending($0)) }
        case .null, .bool, .number, .string:
            [pointer]
        }
    }

    private func replace(_ value: JSONValue, _ tokens: ArraySlice<String>, with replacement: JSONValue) -> JSONValue {
        guard let token = tokens.first else { return replacement }
        switch value {
        case .object(var object):
            object[token] = object[token].map { replace($0, tokens.dropFirst(), with: replacement) }
            return .object(object)
        case .array(var elements):
            guard let index = Int(token) else { return value }
            elements[index] = replace(elements[index], tokens.dropFirst(), with: replacement)
            return .array(elements)
        case .null, .bool, .number, .string:
            return value
        }
    }
}
