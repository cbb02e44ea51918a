import CertificateFixtures
import Foundation
import NIOEmbedded
import OpenSSL
import Testing

@testable import ServerTLS

@Suite struct CertificateReloaderTests {
    let authority: TestAuthority
    let folder: CertificateFolder
    let first: (chain: CertificateChain, key: PrivateKey)

    init() throws {
        authority = try TestAuthority()
        folder = try CertificateFolder()
        first = try authority.issue("first")
        try folder.publish(first)
    }

    @Test("The first set is served")
    func servesFirstSet() throws {
        let reloader = try CertificateReloader(files: folder.files)
        #expect(reloader.status.fingerprint == first.chain.leaf.fingerprint)
        #expect(reloader.status.notAfter == first.chain.leaf.notAfter)
        #expect(reloader.status.lastReloadSuccessful)
    }

    @Test("A set swapped in by symbolic link is served")
    func followsSwap() async throws {
        let reloader = try CertificateReloader(files: folder.files)
        let second = try authority.issue("second")
        try folder.publish(second)
        let report = try await reloader.reload()
        #expect(report.result == .loaded)
        #expect(reloader.contexts.configuration?.chain == second.chain)
        #expect(reloader.status.reloads == 1)
    }

    @Test("Files that hold the set in use change nothing")
    func noticesUnchanged() async throws {
        let reloader = try CertificateReloader(files: folder.files)
        try folder.publish(first)
        #expect(try await reloader.reload().result == .unchanged)
        #expect(reloader.status.reloads == 0)
    }

    /// What a broken set looks like.
    enum Breakage: CaseIterable {
        case mismatch, halfCertificate, halfKey, empty, expired, premature, folder, missing, oversized, crowd
    }

    @Test("A broken set keeps the one in use, counts once, and a sound one heals it", arguments: Breakage.allCases)
    func keepsLastGood(breakage: Breakage) async throws {
        let reloader = try CertificateReloader(files: folder.files)
        try publish(breakage)
        let report = try await reloader.reload()
        #expect(report.result == .failed)
        #expect(report.fingerprint == first.chain.leaf.fingerprint)
        #expect(try await reloader.reload().result == .failed)
        #expect(reloader.status.failures == 1)
        #expect(!reloader.status.lastReloadSuccessful)
        #expect(reloader.contexts.configuration?.chain == first.chain)
        let next = try authority.issue("next")
        try folder.publish(next)
        #expect(try await reloader.reload().result == .loaded)
        #expect(reloader.status.lastReloadSuccessful)
        #expect(reloader.contexts.configuration?.chain == next.chain)
    }

    private func publish(_ breakage: Breakage) throws {
        let now = TestAuthority.now
        let pair = try authority.issue("broken")
        let certificate = try pair.chain.pem()
        let key = try pair.key.pem()
        switch breakage {
        case .mismatch: try folder.publish(certificate: certificate, key: first.key.pem())
        case .halfCertificate:
            try folder.publish(certificate: Array(certificate.prefix(certificate.count / 2)), key: key)
        case .halfKey: try folder.publish(certificate: certificate, key: Array(key.prefix(key.count / 2)))
        case .empty: try folder.publish(certificate: [], key: [])
        case .expired: try folder.publish(authority.issue("late", notBefore: now - 600, notAfter: now - 1))
        case .premature: try folder.publish(authority.issue("soon", notBefore: now + 900, notAfter: now + 1_800))
        case .folder:
            try FileManager.default.removeItem(atPath: folder.path + "/..data/tls.key")
            try FileManager.default.createDirectory(
                atPath: folder.path + "/..data/tls.key",
                withIntermediateDirectories: true
            )
        case .missing: try FileManager.default.removeItem(atPath: folder.path + "/..data/tls.crt")
        case .oversized: try folder.publish(certificate: certificate + [UInt8](repeating: 10, count: 1 << 20), key: key)
        case .crowd: try folder.publish(certificate: Array(repeatElement(certificate, count: 33).joined()), key: key)
        }
    }

    @Test("A start with a broken set fails and says where")
    func refusesBrokenStart() throws {
        try publish(.mismatch)
        #expect(throws: OpenSSLError(.keyMismatch, "", at: folder.files.key)) {
            _ = try CertificateReloader(files: folder.files)
        }
    }

    @Test("The poll finds a new set within its interval")
    func polls() async throws {
        let reports = AsyncStream<CertificateReport>.makeStream()
        let reloader = try CertificateReloader(files: folder.files, interval: .milliseconds(10)) {
            reports.continuation.yield($0)
        }
        let service = Task { try await reloader.run() }
        defer { service.cancel() }
        try folder.publish(authority.issue("second"))
        let watchdog = Task {
            try await Task.sleep(for: .seconds(20))
            reports.continuation.finish()
        }
        defer { watchdog.cancel() }
        var found: CertificateReport?
        for await report in reports.stream where report.result == .loaded {
            found = report
            break
        }
        #expect(found != nil)
    }

    @Test("Swaps under a reader never pair a certificate with another one's key")
    func neverTears() async throws {
        let files = folder.files
        let sets = try (0..<4).map { try authority.issue("set \($0)") }
        let reader = Task {
            var loads = 0
            // Once in any case: on a busy machine the swaps may be over before the reader begins.
            repeat {
                // Five swaps within one read exhaust its attempts; that is reported, not served.
                do {
                    _ = try CertificateSet(files, contents: files.read().contents, now: TestAuthority.now)
                    loads += 1
                } catch let error as OpenSSLError {
                    #expect(error.code == .unreadableFile)
                }
            } while !Task.isCancelled
            return loads
        }
        for index in 0..<200 {
            try folder.publish(sets[index % sets.count])
        }
        reader.cancel()
        #expect(try await reader.value > 0)
    }

    @Test("Each event loop keeps its own context until a new set is installed")
    func givesContextPerLoop() throws {
        let contexts = try TLSContextProvider(authority.serverConfiguration())
        let (one, two) = (EmbeddedEventLoop(), EmbeddedEventLoop())
        let context = try contexts.context(for: one)
        #expect(try contexts.context(for: one) === context)
        #expect(try contexts.context(for: two) !== context)
        try contexts.install(authority.serverConfiguration())
        #expect(try contexts.context(for: one) !== context)
    }
}
