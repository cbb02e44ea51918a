import CertificateFixtures
import Fixtures
import Foundation
import JSON
import OpenSSL
import SetupCheck
import Testing

@Suite struct WebhookConfigurationCheckTests {
    private let authority: TestAuthority
    private let chain: CertificateChain

    init() throws {
        authority = try TestAuthority()
        chain = try authority.issue(dnsNames: ["pillion.pillion-system.svc", "*.other.svc"]).chain
    }

    /// A webhook in order, with some members replaced.
    private func webhook(_ changes: JSONObject = [:], service: JSONObject = [:]) throws -> JSONValue {
        var target: JSONObject = ["name": "pillion", "namespace": "pillion-system", "path": "/mutate", "port": 443]
        for member in service.members { target[member.key] = member.value }
        let bundle = String(decoding: try Base64.encode(try authority.trusted.pem()), as: UTF8.self)
        var webhook: JSONObject = [
            "name": "inject.pillion.dev", "clientConfig": ["service": .object(target), "caBundle": .string(bundle)],
            "admissionReviewVersions": ["v1"], "sideEffects": "None", "failurePolicy": "Ignore", "timeoutSeconds": 5,
            "rules": [["operations": ["CREATE"], "resources": ["pods"]]],
            "namespaceSelector": [
                "matchExpressions": [
                    [
                        "key": "kubernetes.io/metadata.name", "operator": "NotIn",
                        "values": ["pillion-system", "kube-system"],
                    ]
                ]
            ],
        ]
        for member in changes.members { webhook[member.key] = member.value }
        return .object(webhook)
    }

    private func outcomes(
        _ webhook: JSONValue,
        kind: String = "MutatingWebhookConfiguration",
        chain: CertificateChain?
    ) -> [CheckCode: CheckResult.Outcome] {
        let object: JSONValue = ["kind": .string(kind), "webhooks": [webhook]]
        #expect(WebhookConfigurationCheck.concerns(object))
        let results = WebhookConfigurationCheck(chain: chain, path: "tls.crt").run(object, at: "file.yaml:1:1")
        return Dictionary(uniqueKeysWithValues: results.map { ($0.code, $0.outcome) })
    }

    @Test("a webhook in order passes in everything")
    func passes() throws {
        let found = outcomes(try webhook(), chain: chain)
        #expect(found.count == 9)
        #expect(found.values.allSatisfy { $0 == .passed }, "\(found)")
    }

    @Test(
        "each thing that can be wrong is found",
        arguments: [
            (["failurePolicy": "Fail"], .webhookFailurePolicy, .warned),
            (["timeoutSeconds": 30], .webhookTimeout, .warned),
            (["timeoutSeconds": 31], .webhookTimeout, .failed), (["timeoutSeconds": 1], .webhookTimeout, .warned),
            (["sideEffects": "Some"], .webhookSideEffects, .failed),
            (["sideEffects": .null], .webhookSideEffects, .failed),
            (["admissionReviewVersions": ["v1beta1"]], .webhookVersions, .failed),
            (["rules": [["operations": ["UPDATE"], "resources": ["pods"]]]], .webhookRules, .failed),
            (["rules": [["operations": ["CREATE"], "resources": ["services"]]]], .webhookRules, .failed),
            (["namespaceSelector": .null], .webhookDeadlock, .warned),
            (["namespaceSelector": .null, "failurePolicy": "Fail"], .webhookDeadlock, .failed),
            (["namespaceSelector": .null, "failurePolicy": .null], .webhookDeadlock, .failed),
            (["clientConfig": [:]], .webhookTarget, .failed),
            (["clientConfig": ["url": "http://a/mutate"]], .webhookTarget, .failed),
        ] as [(JSONObject, CheckCode, CheckResult.Outcome)]
    )
    func wrong(changes: JSONObject, code: CheckCode, outcome: CheckResult.Outcome) throws {
        #expect(outcomes(try webhook(changes), chain: chain)[code] == outcome)
    }

    @Test(
        "the Service decides path, port and name",
        arguments: [
            (["path": "/validate"], .webhookTarget, .failed), (["path": "/"], .webhookTarget, .failed),
            (["port": 0], .webhookTarget, .failed), (["name": "other"], .tlsNames, .failed),
            (["name": "a", "namespace": "b"], .tlsNames, .failed),
            (["name": "a", "namespace": "other"], .tlsNames, .passed),
        ] as [(JSONObject, CheckCode, CheckResult.Outcome)]
    )
    func service(changes: JSONObject, code: CheckCode, outcome: CheckResult.Outcome) throws {
        #expect(outcomes(try webhook(service: changes), chain: chain)[code] == outcome)
    }

    @Test("a validating webhook calls /validate or /advise", arguments: ["/validate", "/advise", "/mutate"])
    func validating(path: String) throws {
        let rules: JSONValue = [["operations": ["CREATE", "UPDATE"], "resources": ["pods"]]]
        let webhook = try webhook(["rules": rules], service: ["path": .string(path)])
        let found = outcomes(webhook, kind: "ValidatingWebhookConfiguration", chain: chain)
        #expect(found[.webhookTarget] == (path == "/mutate" ? .failed : .passed))
    }

    @Test("a caBundle of another authority, or none at all, is found; without a certificate nothing is judged by it")
    func bundle() throws {
        let stranger = try TestAuthority("stranger")
        let foreign = CertificateChain(leaf: stranger.authority.certificate)
        #expect(outcomes(try webhook(), chain: try stranger.issue().chain)[.webhookAuthority] == .failed)
        #expect(outcomes(try webhook(), chain: foreign)[.webhookAuthority] == .failed)
        #expect(outcomes(try webhook(), chain: nil)[.webhookAuthority] == .skipped)
        for (text, outcome) in [("", CheckResult.Outcome.warned), ("%%%", .failed), ("QUJD", .failed)] {
            let client: JSONValue = ["service": ["name": "pillion", "path": "/mutate"], "caBundle": .string(text)]
            #expect(
                outcomes(try webhook(["clientConfig": client]), chain: chain)[.webhookAuthority] == outcome,
                "\(text)"
            )
        }
    }

    @Test("a narrow webhook may fail, and one that only labelled namespaces ask cannot block its own")
    func narrow() throws {
        let narrow = try webhook(["failurePolicy": "Fail", "objectSelector": ["matchLabels": ["a": "b"]]])
        #expect(outcomes(narrow, chain: chain)[.webhookFailurePolicy] == .passed)
        let labelled = try webhook(["failurePolicy": "Fail", "namespaceSelector": ["matchLabels": ["a": "b"]]])
        #expect(outcomes(labelled, chain: chain)[.webhookDeadlock] == .passed)
    }
}

@Suite struct CheckReportTests {
    @Test("marks, details and the place in the documentation")
    func text() {
        let report = CheckReport([
            CheckResult(.catalog, .failed, "catalog", "it is empty", hint: "fill it"),
            CheckResult(.tlsFiles, .passed, "tls.crt", "CN=a"),
        ])
        #expect(
            report.text(isColored: false) == """
                certificate
                -----------
                √ certificate and key can be read (tls.crt)

                catalog
                -------
                × the catalog can be used (catalog)
                    it is empty
                    fill it
                    see Check.md#catalog

                Status check results are × (1 passed, 0 warned, 1 failed, 0 skipped)

                """
        )
        #expect(report.hasFailures)
    }

    @Test("the same for programs")
    func json() throws {
        let report = CheckReport([CheckResult(.tlsDates, .warned, "", "soon", hint: "renew")])
        let json = try JSONParser.parse(Array(report.json.utf8))
        #expect(json["success"] == true)
        #expect(json["checks"]?.array?.first?["code"] == "tls-dates")
        #expect(json["checks"]?.array?.first?["outcome"] == "warned")
    }

    @Test("the documentation has a section for every check, and for nothing else")
    func sections() throws {
        let page = Fixture.repository.appendingPathComponent("Sources/pillion/Documentation.docc/\(CheckReport.page)")
        let text = try String(contentsOf: page, encoding: .utf8)
        let sections = text.split(separator: "\n").filter { $0.hasPrefix("### ") }.map { String($0.dropFirst(4)) }
        #expect(sections == CheckCode.allCases.map(\.rawValue))
    }
}
