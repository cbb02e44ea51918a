import CatalogLint
import JSON
import Manifests
import SidecarCatalog
import Testing

@Suite("Lint of a catalog")
struct CatalogLinterTests {
    private let head = "apiVersion: pillion.dev/v1\nkind: Catalog\nmetadata: {name: acme}\n"

    private func sidecar(_ name: String, _ version: String, spec: String = "", ignore: String? = nil) -> String {
        let annotations = ignore.map { ", annotations: {lint.pillion.dev/ignore: \"\($0)\"}" } ?? ""
        return """
            ---
            apiVersion: pillion.dev/v1
            kind: Sidecar
            metadata: {name: \(name)\(annotations)}
            spec:
              owner: {team: a}
            \(spec.isEmpty ? "" : "  \(spec)\n")  versions:
                1.0.0: {\(version)}

            """
    }

    private func listening(_ name: String, spec: String = "", ignore: String? = nil) -> String {
        sidecar(name, "container: {image: 'a/b:1', ports: [{containerPort: 8080}]}", spec: spec, ignore: ignore)
    }

    @Test("a misspelt field is found however deep it is, with the nearest name and its place")
    func deepField() throws {
        let text = head + sidecar("s", "container: {image: 'a/b:1', startupProbe: {httpGet: {pth: /, port: 80}}}")
        let finding = try #require(try Example.lint(text).findings.first { $0.code == "unknown-container-field" })
        #expect(finding.hint == "did you mean 'path'?")
        #expect(finding.pointer.tokens.suffix(3) == ["startupProbe", "httpGet", "pth"])
        #expect(finding.position.line == 11)
    }

    @Test("a field that the loader has reported is not reported again")
    func onceOnly() throws {
        let text = head + sidecar("s", "container: {image: 'a/b:1', resourcs: {}}")
        let findings = try Example.lint(text).findings.filter { $0.code == "unknown-container-field" }
        #expect(findings.count == 1)
    }

    @Test(
        "fields of volumes are looked at",
        arguments: ["emptyDir: {sizeLimt: 1Mi}", "projected: {sources: [{secrt: {}}]}"]
    )
    func volumeField(source: String) throws {
        let version =
            "container: {image: 'a/b:1', volumeMounts: [{name: v, mountPath: /v}]}, volumes: [{name: v, \(source)}]"
        #expect(try Example.codes(head + sidecar("s", version)).contains("unknown-container-field"))
    }

    @Test("a parameter's default decides about ports, not its name")
    func portParameter() throws {
        let version = """
            parameters: {p: {type: port, default: 8080}},
                  container: {image: 'a/b:1', ports: [{containerPort: $(params.p)}]}
            """
        #expect(try Example.codes(head + listening("a") + sidecar("b", version)).contains("port-conflict"))
    }

    @Test("the same port of another protocol is no conflict")
    func protocols() throws {
        let version = "container: {image: 'a/b:1', ports: [{containerPort: 8080, protocol: UDP}]}"
        #expect(try !Example.codes(head + listening("a") + sidecar("b", version)).contains("port-conflict"))
    }

    @Test("sidecars that conflict anyway are no pair", arguments: [("conflicts: [b]", ""), ("", "conflicts: [a]")])
    func conflicts(first: String, second: String) throws {
        let text = head + listening("a", spec: first) + listening("b", spec: second)
        #expect(try !Example.codes(text).contains("port-conflict"))
    }

    @Test("an annotation of either sidecar silences a pair, and counts as used", arguments: [true, false])
    func silencedPair(isFirst: Bool) throws {
        let reason = "port-conflict: never together"
        let text =
            head + listening("a", ignore: isFirst ? reason : nil) + listening("b", ignore: isFirst ? nil : reason)
        let result = try Example.lint(text)
        #expect(!result.findings.contains { $0.code == "port-conflict" || $0.code == "unused-suppression" })
        #expect(result.suppressed == 1)
    }

    @Test("an annotation silences a warning of the loader in its own document only")
    func silencedLoader() throws {
        let version = "container: {image: 'a/b:1'}, volumes: [{name: v, emptyDir: {}}]"
        let text = head + sidecar("a", version, ignore: "unused-volume: soon") + sidecar("b", version)
        let findings = try Example.lint(text).findings.filter { $0.code == "unused-volume" }
        #expect(findings.map { $0.position.line > 12 } == [true])
    }

    @Test("an error that stops the catalog from loading cannot be silenced")
    func silencedError() throws {
        let text = head + sidecar("a", "container: {}", ignore: "missing-field: later")
        let result = try Example.lint(text)
        #expect(result.worst == .error)
        #expect(result.findings.contains { $0.code == "missing-field" })
        #expect(result.findings.contains { $0.code == "unused-suppression" })
    }

    @Test(
        "a misspelt code and a missing reason are findings",
        arguments: ["latest-tagg: why", "latest-tag", "latest-tag: "]
    )
    func invalidSuppression(line: String) throws {
        let result = try Example.lint(head + sidecar("a", "container: {image: 'a/b'}", ignore: line))
        #expect(Set(result.findings.map(\.code)).isSuperset(of: ["invalid-suppression", "latest-tag"]))
    }

    @Test("references and paths are no secrets, and a secret is never repeated")
    func secrets() throws {
        let harmless = ["{a: b}", "$(params.token)", "/var/run/token", "${TOKEN}", "true", "{{ .Token }}"]
        for value in harmless {
            let version = """
                parameters: {token: {type: string, default: x}},
                      container: {image: 'a/b:1', args: [$(params.token)], env: [{name: TOKEN, value: '\(value)'}]}
                """
            #expect(try !Example.codes(head + sidecar("a", version)).contains("secret-in-catalog"), "\(value)")
        }
        let secret = "hunter2hunter2"
        let version = "container: {image: 'a/b:1', args: ['--password=\(secret)']}"
        let result = try Example.lint(head + sidecar("a", version))
        let found = result.findings.filter { $0.code == "secret-in-catalog" }
        #expect(found.count == 1)
        #expect(!found.contains { $0.message.contains(secret) || $0.hint.contains(secret) })
    }

    @Test("findings stand in the order of the documents")
    func order() throws {
        let lines = try Example.lint(
            head + sidecar("b", "container: {image: a}") + sidecar("a", "container: {image: a}")
        )
        .findings.map(\.position.offset)
        #expect(lines == lines.sorted())
    }

    @Test("a catalog of 1,000 sidecars that all collide keeps 500 findings and knows of the others")
    func bounded() throws {
        let text = head + (0..<1000).map { listening("s\($0)") }.joined()
        let result = try Example.lint(text)
        #expect(result.findings.count == 500)
        #expect(result.dropped > 1000)
    }
    @Test("notes make room for what matters more")
    func notesMakeRoom() throws {
        let quiet = "image: 'a/b:1', resources: {limits: {cpu: 1m, memory: 1Mi}}"
        let noted = (0..<600).map { number in
            sidecar("s\(number)", "container: {\(quiet), startupProbe: {tcpSocket: {port: 80}}}")
        }
        let last = sidecar("z", "container: {\(quiet), startupProbe: {tcpSocket: {port: http}}}")
        let result = try Example.lint(head + noted.joined() + last)
        #expect(result.findings.count == 500)
        #expect(result.findings.contains { $0.code == "unknown-probe-port" })
        #expect(result.findings.filter { $0.severity == .note }.count == 499)
    }
}
