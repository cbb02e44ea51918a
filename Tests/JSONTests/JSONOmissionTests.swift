import Fixtures
import Foundation
import JSON
import Testing

@Suite("JSONOmission")
struct JSONOmissionTests {
    private static let omission = JSONOmission([
        JSONPointer(["top"]), JSONPointer(["a", "long"]), JSONPointer(["a", "b", "c"]),
    ])

    static let documents = [
        (#"{"top":{"x":[1,{"y":"\u00e9\"}"}]},"b":1}"#, #"{"b":1}"#),
        (#"{"b":1,"top":null}"#, #"{"b":1}"#),
        (#"{"top":"only"}"#, "{}"),
        (
            #"{"a":{"long":[],"kept":{},"b":{"c":{},"d":2}},"z":{"top":1,"long":2}}"#,
            #"{"a":{"kept":{},"b":{"d":2}},"z":{"top":1,"long":2}}"#
        ),
        (#"[{"top":1},{"a":{"long":1}}]"#, #"[{"top":1},{"a":{"long":1}}]"#),
        (#"{"a":[{"long":1}],"long":3}"#, #"{"a":[{"long":1}],"long":3}"#),
        (#"{"top":1,"top":2,"a":1,"a":3}"#, #"{"a":3}"#),
    ]

    @Test("named members are left out where they are named, and nowhere else", arguments: documents)
    func omits(text: String, expected: String) throws {
        let result = try JSONParser.parseReporting(Array(text.utf8), omitting: Self.omission)
        #expect(result.value.compactText == expected)
    }

    @Test("duplicate keys count outside of what is left out only")
    func duplicates() throws {
        let text = #"{"top":{"x":1,"x":2},"top":1,"a":1,"a":2}"#
        #expect(try JSONParser.parseReporting(Array(text.utf8), omitting: Self.omission).duplicateKeys == 1)
    }

    @Test("what is left out may nest as deep as the limit and no deeper", arguments: 1...6)
    func nesting(limit: Int) {
        for depth in 0...6 {
            let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            let bytes = Array(#"{"top":\#(depth == 0 ? "0" : value)}"#.utf8)
            let kept = try? JSONParser.parse(bytes, nestingLimit: limit)
            let omitted = try? JSONParser.parseReporting(bytes, nestingLimit: limit, omitting: Self.omission).value
            #expect((kept == nil) == (omitted == nil), "depth \(depth) under the limit \(limit)")
        }
    }

    @Test("JSONTestSuite: a text is refused in what is left out exactly when it is refused elsewhere")
    func conformance() throws {
        guard let folder = Suites.folder("JSONTestSuite/test_parsing") else { return }
        for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
            let text = [UInt8](try Data(contentsOf: file))
            // A byte order mark may stand before a document, not before a member's value.
            guard !text.starts(with: [0xEF, 0xBB, 0xBF]) else { continue }
            let bytes = Array(#"{"top":"#.utf8) + text + Array("}".utf8)
            let kept = (try? JSONParser.parse(bytes)) != nil
            let omitted = (try? JSONParser.parseReporting(bytes, omitting: Self.omission)) != nil
            #expect(kept == omitted, "\(file.lastPathComponent)")
        }
    }
}
