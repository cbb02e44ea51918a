import OpenSSL
import ServerTLS
import Testing

@testable import CertificateRotation

@Suite struct RotationMemoryTests {
    private let now: Int64 = 1_000
    private let issuer = CertificateIssuer(policy: RotationPolicy(), names: ["a.b.svc"])

    private func created() throws -> StoredCertificates {
        try issuer.apply(.create, to: StoredCertificates(), held: nil, now: now)
    }

    @Test("Trust counts from when it was first seen, and anew after it was gone")
    func remembersTrust() {
        var memory = RotationMemory()
        memory.observe(trusted: ["a"], isKnown: true, now: 10)
        memory.observe(trusted: ["a", "b"], isKnown: true, now: 20)
        #expect(memory.trustedSince == ["a": 10, "b": 20])
        memory.observe(trusted: ["b"], isKnown: true, now: 30)
        memory.observe(trusted: ["a", "b"], isKnown: true, now: 40)
        #expect(memory.trustedSince == ["a": 40, "b": 20])
    }

    @Test("From configurations that cannot be read nothing is concluded")
    func concludesNothing() {
        var memory = RotationMemory()
        memory.observe(trusted: ["a"], isKnown: true, now: 10)
        memory.observe(trusted: [], isKnown: false, now: 20)
        #expect(memory.trustedSince == ["a": 10])
    }

    @Test("A certificate is news once, and the first one is no reload")
    func holds() throws {
        var memory = RotationMemory()
        let (first, second) = (try created(), try created())
        var news: [Bool] = []
        for content in [first, first, second, StoredCertificates()] { news.append(memory.hold(content)) }
        #expect(news == [true, false, true, false])
        #expect(memory.status.reloads == 1)
        #expect(memory.status.fingerprint == second.serving?.certificate.fingerprint)
        #expect(memory.held?.serving?.certificate == second.serving?.certificate)
    }

    @Test("What is served is published when every configuration is there and trusts it", arguments: [true, false])
    func knowsPublication(isComplete: Bool) throws {
        var memory = RotationMemory()
        let content = try created()
        _ = memory.hold(content)
        let fingerprint = try #require(content.authority?.certificate.fingerprint)
        memory.observe(trusted: [fingerprint], isKnown: true, isComplete: isComplete, now: now)
        #expect(memory.isPublished == isComplete)
        memory.observe(trusted: [], isKnown: true, now: now)
        #expect(!memory.isPublished)
    }

    @Test("What is trusted already counts as published as soon as it is served")
    func servesWhatIsPublished() throws {
        var memory = RotationMemory()
        let content = try created()
        let fingerprint = try #require(content.authority?.certificate.fingerprint)
        memory.observe(trusted: [fingerprint], isKnown: true, now: now)
        #expect(!memory.isPublished)
        _ = memory.hold(content)
        #expect(memory.isPublished)
    }

    @Test("A failure that lasts counts once")
    func countsFailures() {
        var memory = RotationMemory()
        for isSuccess in [true, false, false, true, false] { memory.finish(isSuccess: isSuccess) }
        #expect(memory.status.failures == 2)
        #expect(!memory.status.lastReloadSuccessful)
    }
}
