import JSON
import ManifestFixtures
import Manifests
import Testing

@Suite("Editing random manifests")
struct ManifestEditPropertyTests {
    private static let seeds = (UInt64(0)..<12).map { $0 * 50 }

    private func edit(_ text: [UInt8], to value: JSONValue) throws -> EditedManifest {
        try ManifestFile(text).applying([DocumentEdit(index: 0, value: value)])
    }

    private func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        text.split(separator: 0x0A, omittingEmptySubsequences: false)
    }

    @Test("An addition is read back, in place, and taking it out gives the same bytes", arguments: seeds)
    func roundTrip(first: UInt64) throws {
        for seed in first..<first + 50 {
            let text = Array(RandomManifest(seed: seed).text.utf8)
            let before = try #require(try ManifestReader.documents(in: text).first, "seed \(seed)").value
            var additions = RandomAdditions(seed: seed)
            let after = additions.extend(before)
            let edited = try edit(text, to: after)
            #expect(edited.rewrites.isEmpty, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
            #expect(try ManifestReader.documents(in: edited.bytes).map(\.value) == [after], "seed \(seed)")
            let back = try edit(edited.bytes, to: before)
            #expect(back.rewrites.isEmpty, "seed \(seed)")
            #expect(
                back.bytes == text,
                "seed \(seed): \(String(decoding: text, as: UTF8.self))=>\(String(decoding: edited.bytes, as: UTF8.self))"
            )
        }
    }

    @Test("Filling what is null is read back, in place", arguments: seeds)
    func fillsNull(first: UInt64) throws {
        for seed in first..<first + 50 {
            let text = Array(RandomManifest(seed: seed).text.utf8)
            let before = try #require(try ManifestReader.documents(in: text).first).value
            var additions = RandomAdditions(seed: seed, fillsNull: true)
            let after = additions.extend(before)
            let edited = try edit(text, to: after)
            #expect(edited.rewrites.isEmpty, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
            #expect(try ManifestReader.documents(in: edited.bytes).map(\.value) == [after], "seed \(seed)")
        }
    }

    @Test("Lines without brackets and nulls come through, in order", arguments: seeds)
    func linesStay(first: UInt64) throws {
        for seed in first..<first + 50 {
            let text = Array(RandomManifest(seed: seed).text.utf8)
            let before = try #require(try ManifestReader.documents(in: text).first).value
            var additions = RandomAdditions(seed: seed)
            let after = lines(try edit(text, to: additions.extend(before)).bytes)
            let kept = lines(text).filter { line in
                !line.isEmpty && !line.contains { "[{\r".utf8.contains($0) } && line.endIndex < text.count
            }
            var next = after[...]
            for line in kept {
                let place = next.firstIndex { $0 == line }
                #expect(place != nil, "seed \(seed): \(String(decoding: line, as: UTF8.self))")
                next = next.dropFirst(place.map { $0 - next.startIndex + 1 } ?? 0)
            }
        }
    }
}
