import Fixtures
import Foundation
import JSON
import ManifestFixtures
import ManifestInjection
import Manifests
import Testing

@Suite(
    "Round trips of yaml-test-suite",
    .enabled(if: YAMLSuite.folder != nil, "PILLION_SUITES is not set: NOT ONE case of yaml-test-suite was run")
)
struct YAMLSuiteRoundTripTests {
    private static let pod = """
        apiVersion: v1
        kind: Pod   # among others
        metadata: {name: shop}
        spec:
          containers:
          - name: shop
            image: registry.example/shop:2

        """

    /// The cases that are read, each with its documents.
    private static func accepted() throws -> [(id: String, file: ManifestFile)] {
        try YAMLSuite.cases().compactMap { test in
            (try? ManifestFile(test.yaml, name: test.id)).map { (test.id, $0) }
        }
    }

    @Test("The cases that are refused are those listed, each with its place")
    func refused() throws {
        var refused: Set<String> = []
        for test in try YAMLSuite.cases() {
            do throws(ManifestError) {
                _ = try ManifestFile(test.yaml, name: test.id)
            } catch {
                refused.insert(test.id)
                #expect(error.location.file == test.id)
                #expect(error.location.position != nil, "\(test.id): \(error)")
            }
        }
        #expect(refused == Self.refusedCases, "\(refused.sorted())")
    }

    @Test("A case without a pod is not touched")
    func untouched() throws {
        for (id, file) in try Self.accepted() {
            let injected = try Example.injected(file.bytes)
            #expect(injected.text == file.bytes, "\(id)")
            #expect(try Example.uninjected(file.bytes).text == file.bytes, "\(id)")
        }
    }

    @Test("A pod that follows a case in a stream is injected and taken back; the case is not touched")
    func stream() throws {
        var (notJoined, prolonged): (Set<String>, Set<String>) = ([], [])
        for (id, file) in try Self.accepted() {
            var stream = ManifestStream()
            let text = stream.next(file.bytes) + stream.next(Array(Self.pod.utf8)) + stream.next(file.bytes)
            guard let joined = try? ManifestFile(text, name: id) else {
                notJoined.insert(id)
                continue
            }
            let podValue = try ManifestFile(Array(Self.pod.utf8)).documents.map(\.value)
            let own = file.documents.map(\.value).filter { !$0.isNull }
            if joined.documents.map(\.value).filter({ !$0.isNull }) != own + podValue + own { prolonged.insert(id) }
            let injected = try Example.injected(text)
            #expect(injected.isChanged, "\(id)")
            #expect(injected.text.starts(with: file.bytes), "\(id)")
            #expect(try Example.uninjected(injected.text).text == text, "\(id)")
        }
        #expect(notJoined == Self.noYAML, "\(notJoined.sorted())")
        #expect(prolonged == Self.endingOpen, "\(prolonged.sorted())")
    }

    @Test("A case inside of a pod is not touched when the pod is injected, and the pod is taken back")
    func embedded() throws {
        var count = 0
        for (id, file) in try Self.accepted() {
            let lines = String(decoding: file.bytes, as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
            let text = Array((Self.pod + "case:\n" + lines.joined(separator: "\n")).utf8)
            guard let own = file.documents.first?.value, file.documents.count == 1,
                let whole = try? ManifestFile(text, name: id), whole.documents.count == 1,
                whole.documents.first?.value["case"] == own
            else { continue }
            count += 1
            let injected = try Example.injected(text)
            #expect(!injected.reports.contains { $0.subject == nil }, "\(id)")
            #expect(try Example.uninjected(injected.text).text == text, "\(id)")
        }
        #expect(count > 100)
    }
}

extension YAMLSuiteRoundTripTests {
    /// The cases that are JSON in a form which YAML 1.1 does not have, so that a separator cannot follow them.
    static let noYAML: Set<String> = ["4MUZ/0", "6CA3", "Q5MG"]

    /// The cases that end in a block scalar without a line break, which the line break before a separator prolongs.
    static let endingOpen: Set<String> = ["JEF9/2", "L24T/1"]

    /// The cases that are no YAML 1.1, or no manifest: what libyaml refuses, foreign tags, keys that JSON cannot have.
    static let refusedCases: Set<String> = [
        "236B", "2CMS", "2G84/0", "2G84/1", "2JQS", "2LFX", "2SXE", "2XXW", "3HFZ", "4ABK", "4EJS", "4FJ6", "4H7K",
        "4HVU", "4JVG", "4MUZ/1", "4MUZ/2", "55WF", "58MP", "5LLU", "5MUD", "5T43", "5TRB", "5TYM", "5U3A", "62EZ",
        "6BCT", "6BFJ", "6CK3", "6JTT", "6LVF", "6M2F", "6PBE", "6S55", "6WLZ", "7FWL", "7LBH", "7MNF", "7Z25",
        "8XDJ", "8XYN", "96NN/0", "96NN/1", "9CWY", "9HCY", "9KBC", "9MAG", "9MMA", "9MMW", "9MQT/1", "9SA2", "9WXW",
        "A2M4", "B63P", "BD7L", "BEC7", "BF9H", "BS4K", "C2SP", "C4HZ", "CC74", "CFD4", "CML9", "CQ3W", "CTN5",
        "CUP7", "CXX2", "D49Q", "DBG4", "DFF7", "DK3J", "DK4H", "DK95/0", "DK95/3", "DK95/4", "DK95/6", "DMG6",
        "EW3V", "FH7J", "FP8R", "FRK4", "G7JE", "G9HC", "GDY7", "GT5M", "H7J7", "H7TQ", "HM87/0", "HRE5", "HU3P",
        "HWV9", "J7PZ", "JKF3", "JY7Z", "K3WX", "KK5P", "KS4U", "LHL4", "LX3P", "M2N8/0", "M2N8/1", "M5C3", "M5DY",
        "M7A3", "MUS6/5", "MUS6/6", "N4JP", "N782", "NHX8", "NJ66", "NKF9", "P2EQ", "P76L", "PW8X", "Q4CL", "Q9WF",
        "QLJ7", "QT73", "R4YG", "RXY3", "RZP5", "S3PD", "S4GJ", "SBG9", "SF5V", "SM9W/1", "SR86", "SU74", "SY6V",
        "T833", "TD5N", "U44R", "U99R", "UGM3", "UKK6/0", "UT92", "V9D5", "VJP3/0", "VJP3/1", "W4TN", "W5VH", "W9L4",
        "X38W", "XW4D", "Y79Y/0", "Y79Y/1", "Y79Y/10", "Y79Y/4", "Y79Y/5", "Y79Y/6", "Y79Y/7", "Y79Y/8", "Y79Y/9",
        "Z67P", "Z9M4", "ZCZ6", "ZL4Z", "ZVH3", "ZXT5", "ZYU8/0", "ZYU8/1", "ZYU8/2", "ZYU8/3",
    ]
}
