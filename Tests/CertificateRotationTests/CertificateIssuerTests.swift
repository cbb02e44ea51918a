import CertificateFixtures
import JSON
import OpenSSL
import Testing

@testable import CertificateRotation

@Suite struct CertificateIssuerTests {
    private let issuer = CertificateIssuer(
        policy: RotationPolicy(authorityLifetime: 900, servingLifetime: 90, grace: 10),
        names: ["pillion.system.svc", "pillion.system.svc.cluster.local"]
    )
    private let now = TestAuthority.now

    /// Writes the content into an empty Secret and reads it back.
    private func stored(_ content: StoredCertificates) throws -> StoredCertificates {
        StoredCertificates(secret: try content.written(into: ["data": [:]]))
    }

    private func created() throws -> StoredCertificates {
        try stored(issuer.apply(.create, to: StoredCertificates(), held: nil, now: now))
    }

    @Test("What is created verifies, has the names and the lifetimes, and survives the Secret")
    func creates() throws {
        let content = try created()
        let authority = try #require(content.authority?.certificate)
        let serving = try #require(content.serving?.certificate)
        #expect(serving.isSigned(by: authority))
        #expect(serving.alternativeNames.dnsNames == issuer.names)
        #expect(authority.notAfter == now + 900 && authority.notBefore == now - 90)
        #expect(serving.notAfter == now + 90 && serving.notBefore == now - 9)
        #expect(content.trusted == [authority])
        #expect(content.facts(names: issuer.names, now: now).serving?.issuer == authority.fingerprint)
    }

    @Test("A rotation goes through both authorities and keeps the old one")
    func rotates() throws {
        let old = try created()
        let introduced = try stored(issuer.apply(.introduce, to: old, held: nil, now: now))
        #expect(introduced.trusted.count == 2)
        #expect(introduced.serving?.certificate == old.serving?.certificate)
        let promoted = try stored(issuer.apply(.promote, to: introduced, held: nil, now: now))
        #expect(promoted.authority?.certificate == introduced.next?.certificate)
        #expect(promoted.next == nil)
        #expect(promoted.previous == [try #require(old.authority?.certificate)])
        let authority = try #require(promoted.authority?.certificate)
        #expect(promoted.serving?.certificate.isSigned(by: authority) == true)
        let retired = try stored(issuer.apply(.retire, to: promoted, held: nil, now: now + 901))
        #expect(retired.previous.isEmpty)
    }

    @Test("A renewal keeps the authority, and never outlives it")
    func renews() throws {
        let old = try created()
        let renewed = try stored(issuer.apply(.renew, to: old, held: nil, now: now + 850))
        #expect(renewed.authority?.certificate == old.authority?.certificate)
        #expect(renewed.serving?.certificate != old.serving?.certificate)
        #expect(renewed.serving?.certificate.notAfter == now + 900)
    }

    @Test("An emptied Secret gets back what is held, and a rotation begins")
    func restores() throws {
        let held = try created()
        let restored = try stored(issuer.apply(.restore, to: StoredCertificates(), held: held, now: now))
        #expect(restored.serving?.certificate == held.serving?.certificate)
        #expect(restored.authority?.certificate == held.authority?.certificate)
        #expect(restored.next != nil)
    }

    @Test("A replaced Secret goes on trusting the authority that is held")
    func overlaps() throws {
        let (held, other) = (try created(), try created())
        let overlapped = try stored(issuer.apply(.overlap, to: other, held: held, now: now))
        #expect(overlapped.trusted == [other, held].compactMap { $0.authority?.certificate })
        #expect(overlapped.serving?.certificate == other.serving?.certificate)
    }

    @Test("What was published when an installation begins stays trusted, authorities only and a bounded number")
    func keepsPublished() throws {
        let published = try (0..<6).map { _ in try TestAuthority().authority.certificate }
        let stranger = try TestAuthority().issue().chain.leaf
        let content = try stored(
            issuer.apply(.create, to: StoredCertificates(), held: nil, published: [stranger] + published, now: now)
        )
        #expect(content.previous == Array(published.prefix(4)))
    }

    @Test("Other keys of the Secret and its metadata stay as they are")
    func keepsForeignKeys() throws {
        let secret: JSONValue = [
            "metadata": ["name": "x", "resourceVersion": "7"], "type": "Opaque",
            "data": ["other": "Zm9v", "next-ca.crt": "broken", "previous-ca.crt": "Zm9v"],
        ]
        let content = try issuer.apply(.create, to: StoredCertificates(secret: secret), held: nil, now: now)
        let written = try content.written(into: secret)
        #expect(written["data"]?["other"] == "Zm9v")
        #expect(written["metadata"] == secret["metadata"])
        #expect(written["data"]?["next-ca.crt"] == nil)
        #expect(written["data"]?["previous-ca.crt"] == nil)
    }

    @Test(
        "Damage to one part leaves the others",
        arguments: ["ca.crt", "ca.key", "tls.crt", "tls.key", "next-ca.crt", "next-ca.key", "previous-ca.crt"],
        [nil, "", "Zm9v", "%%%", "swap"]
    )
    func survivesDamage(key: String, value: String?) throws {
        let content = try issuer.apply(
            .introduce,
            to: issuer.apply(.overlap, to: created(), held: created(), now: now),
            held: nil,
            now: now
        )
        let whole = try content.written(into: ["data": [:]])
        var data = try #require(whole["data"]?.object)
        // Another certificate or key than the one that belongs there.
        let stranger = try created().written(into: ["data": [:]])
        let swapped = stranger["data"]?[key.replacing("next-", with: "").replacing("previous-", with: "")]
        data[key] = value == "swap" ? swapped : value.map { .string($0) }
        let damaged = StoredCertificates(secret: ["data": .object(data)])
        #expect((damaged.authority == nil) == key.hasPrefix("ca."))
        #expect((damaged.serving == nil) == key.hasPrefix("tls."))
        #expect((damaged.next == nil) == key.hasPrefix("next-"))
        let isPreviousLost = key == "previous-ca.crt" && value != "swap"
        #expect(damaged.previous.isEmpty == isPreviousLost)
    }

    @Test(
        "A Secret that is no object, or has no data, holds nothing",
        arguments: [JSONValue.null, [], [:], ["data": "x"]]
    )
    func readsNonsense(secret: JSONValue) {
        let content = StoredCertificates(secret: secret)
        #expect(content.authority == nil && content.serving == nil && content.trusted.isEmpty)
    }
}
