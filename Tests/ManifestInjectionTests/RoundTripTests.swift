import Fixtures
import Foundation
import JSON
import ManifestFixtures
import ManifestInjection
import Manifests
import Testing

/// What goes in comes out, to the byte.
///
/// `PILLION_PROPERTY_MANIFESTS` sets how many random manifests are tried: 1,000 unless set, 10,000 for a night's run.
@Suite("Round trips of manifests")
struct RoundTripTests {
    /// Manifests whose change lies behind an alias, so that the document has to be written anew.
    static let rewritten: Set<String> = ["anchor-alias-of-labels.yaml", "anchor-merge-in-labels.yaml"]

    private static let randomCount =
        ProcessInfo.processInfo.environment["PILLION_PROPERTY_MANIFESTS"].flatMap { UInt64($0) } ?? 1000

    /// Injects a text and takes it back; tells whether a document was written anew on the way.
    private func roundTrip(_ bytes: [UInt8], _ name: Comment) throws -> (isRewritten: Bool, isChanged: Bool) {
        let file = try ManifestFile(bytes)
        let injected = try Example.injected(bytes)
        #expect(!injected.isDenied, name)
        let reread = try ManifestFile(injected.text)
        #expect(reread.documents.map(\.value) == injected.values, name)
        for (before, after) in zip(file.documents, reread.documents) where before.value == after.value {
            #expect(file.bytes[before.bytes] == injected.text[after.bytes], name)
        }
        #expect(try Example.injected(injected.text).text == injected.text, name)
        let back = try Example.uninjected(injected.text)
        #expect(back.values == file.documents.map(\.value), name)
        let isRewritten = (injected.reports + back.reports).contains { $0.subject == nil }
        if !isRewritten {
            #expect(back.text == bytes, "\(name): \(String(decoding: injected.text, as: UTF8.self))")
        }
        return (isRewritten, injected.isChanged)
    }

    @Test("A manifest as people write it comes back to the byte", arguments: Fixture.manifests)
    func handPicked(name: String) throws {
        let outcome = try roundTrip(try Fixture.manifest(name), "\(name)")
        #expect(outcome.isRewritten == Self.rewritten.contains(name))
    }

    @Test("There are at least 200 of them, and nearly all of them change")
    func count() throws {
        #expect(Fixture.manifests.count >= 200)
        let changed = try Fixture.manifests.filter { try Example.injected(try Fixture.manifest($0)).isChanged }
        #expect(changed.count >= 190)
    }

    @Test("A captured AdmissionReview comes back to the byte", arguments: Fixture.admissionReviews)
    func captured(name: String) throws {
        let bytes = try Fixture.admissionReview(name)
        let injected = try Example.injected(bytes)
        let back = try Example.uninjected(injected.text)
        // What a capture was injected with before is no longer known apart from what is added.
        guard name != "already-injected" else { return }
        #expect(back.text == bytes)
        #expect(back.values == (try ManifestFile(bytes)).documents.map(\.value))
    }

    @Test("Random manifests come back to the byte", arguments: (UInt64(0)..<10))
    func random(part: UInt64) throws {
        var changed = 0
        for seed in stride(from: part, to: Self.randomCount, by: 10) {
            let manifest = RandomManifest(seed: seed, tree: RandomWorkload(seed: seed).tree)
            let outcome = try roundTrip(Array(manifest.text.utf8), "seed \(seed): \(manifest.text)")
            #expect(!outcome.isRewritten, "seed \(seed): \(manifest.text)")
            changed += outcome.isChanged ? 1 : 0
        }
        #expect(changed * 10 >= Int(Self.randomCount) / 10 * 9)
    }
}
