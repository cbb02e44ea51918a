import CertificateFixtures
import JSON
import OpenSSL
import Testing

@testable import CertificateRotation

@Suite struct WebhookEntriesTests {
    private let service = ServiceReference(namespace: "system", name: "pillion")
    private let authority: Certificate

    init() throws {
        authority = try TestAuthority().authority.certificate
    }

    private func bundle(_ certificates: Certificate...) throws -> JSONValue {
        let pem = try certificates.reduce(into: [UInt8]()) { $0 += try $1.pem() }
        return .string(String(decoding: try Base64.encode(pem), as: UTF8.self))
    }

    private func entry(_ name: String, service: String = "pillion", bundle: JSONValue?) -> JSONValue {
        var client: JSONObject = ["service": ["namespace": "system", "name": .string(service)]]
        client["caBundle"] = bundle
        return ["name": .string(name), "clientConfig": .object(client)]
    }

    private func configuration(_ entries: JSONValue...) -> JSONValue {
        ["metadata": ["name": "pillion", "resourceVersion": "41"], "webhooks": .array(entries)]
    }

    @Test("Every entry of ours is patched, entries of others and by URL are not")
    func patchesOurs() throws {
        let value = configuration(
            entry("theirs", service: "other", bundle: nil),
            entry("ours", bundle: nil),
            ["name": "by-url", "clientConfig": ["url": "https://example.org"]],
            entry("ours-too", bundle: "broken")
        )
        let entries = WebhookEntries(configuration: value, service: service)
        let patch = try entries.patch(trusting: [authority])
        let patched = try #require(patch).applied(to: value)
        let expected = configuration(
            entry("theirs", service: "other", bundle: nil),
            entry("ours", bundle: try bundle(authority)),
            ["name": "by-url", "clientConfig": ["url": "https://example.org"]],
            entry("ours-too", bundle: try bundle(authority))
        )
        #expect(patched == expected)
        #expect(WebhookEntries(configuration: patched, service: service).trusts(authority.fingerprint))
    }

    @Test("A bundle with the same certificates in another order is left alone")
    func leavesOrder() throws {
        let other = try TestAuthority().authority.certificate
        let value = configuration(entry("ours", bundle: try bundle(other, authority)))
        let entries = WebhookEntries(configuration: value, service: service)
        #expect(try entries.patch(trusting: [authority, other]) == nil)
        #expect(try entries.patch(trusting: [authority]) != nil)
    }

    @Test("The patch names the version it was made for, and does not apply to moved entries")
    func namesVersion() throws {
        let value = configuration(entry("ours", bundle: nil), entry("theirs", service: "other", bundle: nil))
        let entries = WebhookEntries(configuration: value, service: service)
        let patch = try #require(try entries.patch(trusting: [authority]))
        let version = JSONPointer(["metadata", "resourceVersion"])
        #expect(patch.operations.first == .replace(path: version, value: "41"))
        let moved = configuration(entry("theirs", service: "other", bundle: nil), entry("ours", bundle: nil))
        #expect(throws: JSONPatchError.self) { try patch.applied(to: moved) }
    }

    @Test(
        "A configuration that makes no sense has no entries",
        arguments: [JSONValue.null, [], ["webhooks": [1, [:]]]]
    )
    func readsNonsense(value: JSONValue) throws {
        let entries = WebhookEntries(configuration: value, service: service)
        #expect(entries.entries.isEmpty)
        #expect(try entries.patch(trusting: [authority]) == nil)
    }
}
