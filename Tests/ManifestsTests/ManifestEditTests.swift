import JSON
import Manifests
import Testing

@Suite("Editing a ManifestFile")
struct ManifestEditTests {
    private func applying(_ text: String, _ edits: [DocumentEdit]) throws -> String {
        String(decoding: try ManifestFile(Array(text.utf8)).applying(edits).bytes, as: UTF8.self)
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

    @Test("A change leaves its neighbours and the comments around it")
    func oneOfThree() throws {
        let text = "# head\na: 1  # one\n---\n# before\nb: 'old'  # two\n# after\n---\nc:   [1,2]\n"
        let changed = try applying(text, [DocumentEdit(index: 1, value: ["b": "new", "d": []])])
        #expect(
            changed == "# head\na: 1  # one\n---\n# before\nb: 'new'  # two\nd: []\n# after\n---\nc:   [1,2]\n"
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
            in: try ManifestFile(Array(text.utf8)).applying([DocumentEdit(index: 0, value: value)]).bytes
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

    /// Applies an addition and demands that nothing is written anew.
    private func adding(_ patch: JSONPatch.Operation, to text: String) throws -> String {
        let file = try ManifestFile(Array(text.utf8))
        let value = try JSONPatch([patch]).applied(to: try #require(file.documents.first).value)
        let edited = file.applying([DocumentEdit(index: 0, value: value)])
        #expect(edited.rewrites.isEmpty)
        return String(decoding: edited.bytes, as: UTF8.self)
    }

    @Test(
        "A member is added where a person would write it",
        arguments: [
            ("a: 1  # one\n# end\n", "a: 1  # one\nk: v\n# end\n"),
            ("a: 1", "a: 1\nk: v"),
            ("a: 1\r\n---\r\nb: 2\r\n", "a: 1\r\nk: v\r\n---\r\nb: 2\r\n"),
            ("\u{FEFF}é: 1\n", "\u{FEFF}é: 1\nk: v\n"),
            ("a: |\n  x\n\n\n...\n", "a: |\n  x\nk: v\n\n\n...\n"),
            ("a:\n  b: [1,\n    2]  # c\n", "a:\n  b: [1,\n    2]  # c\nk: v\n"),
            ("{a: 1}\n", "{a: 1, k: v}\n"),
            ("--- {a: 1, } # c\n", "--- {a: 1, k: v, } # c\n"),
            ("{\"a\":1}", "{\"a\":1,\"k\":\"v\"}"),
            ("{\"a\": 1}", "{\"a\": 1, \"k\": \"v\"}"),
            ("{\n    \"a\": 1\n}\n", "{\n    \"a\": 1,\n    \"k\": \"v\"\n}\n"),
            ("base: &b {x: 1}\nuse:\n  <<: *b\n", "base: &b {x: 1}\nuse:\n  <<: *b\nk: v\n"),
        ]
    )
    func member(text: String, wanted: String) throws {
        #expect(try adding(.add(path: JSONPointer(["k"]), value: "v"), to: text) == wanted)
    }

    @Test(
        "An element is inserted at the front, with the list's own layout",
        arguments: [
            ("a:\n# first\n- x\n- y\n", "a:\n- k: 1\n  m: [\"p,q\"]\n# first\n- x\n- y\n"),
            ("a:\n    - x\n", "a:\n    - k: 1\n      m: [\"p,q\"]\n    - x\n"),
            ("a: []  # none\n", "a:  # none\n- k: 1\n  m: [\"p,q\"]\n"),
            ("a:\nb: 1\n", "a:\n- k: 1\n  m: [\"p,q\"]\nb: 1\n"),
            ("a: ~\n", "a: # ~\n- k: 1\n  m: [\"p,q\"]\n"),
            ("a: [x]\n", "a: [{k: 1, m: [\"p,q\"]}, x]\n"),
        ]
    )
    func element(text: String, wanted: String) throws {
        let block = wanted.replacing("[\"p,q\"]}", with: "\u{0}").replacing("m: [\"p,q\"]", with: "m: p,q")
        let path = text.contains("[]") || !text.contains("x") ? JSONPointer(["a"]) : JSONPointer(["a", "0"])
        let value: JSONValue = ["k": 1, "m": "p,q"]
        let result = try adding(.add(path: path, value: path.tokens.count == 1 ? [value] : value), to: text)
        #expect(result == block.replacing("\u{0}", with: "\"p,q\"}"))
    }

    @Test("What is added to a JSON text is laid out as the text is")
    func nestedJSON() throws {
        let text = "{\n\t\"a\": {\n\t\t\"b\": []\n\t}\n}\n"
        #expect(
            try adding(.add(path: JSONPointer(["a", "b", "-"]), value: ["c": [1]]), to: text)
                == "{\n\t\"a\": {\n\t\t\"b\": [\n\t\t\t{\n\t\t\t\t\"c\": [\n\t\t\t\t\t1\n\t\t\t\t]\n\t\t\t}\n\t\t]\n\t}\n}\n"
        )
    }

    @Test("A comment below a text of several lines does not become part of it")
    func deepComment() throws {
        let text = "a:\n  b: 1\n      # deep\nc: 1\n"
        #expect(
            try adding(.add(path: JSONPointer(["a", "k"]), value: "x\ny\n"), to: text)
                == "a:\n  b: 1\n  k: \"x\\ny\\n\"\n      # deep\nc: 1\n"
        )
    }

    @Test(
        "A change that others would share through an alias is written anew, and said",
        arguments: [
            "a: &x {b: 1}\nc: *x\n", "a: &x\n  b: 1\nc: *x\n", "d: &x {b: 1}\nc: *x\na:\n  <<: *x\n",
            "d: &x {b: 1}\na: *x\n",
        ]
    )
    func aliased(text: String) throws {
        let file = try ManifestFile(Array(text.utf8))
        var value = try #require(file.documents.first).value
        value = try JSONPatch([.add(path: JSONPointer(["a", "b"]), value: 2)]).applied(to: value)
        let edited = file.applying([DocumentEdit(index: 0, value: value)])
        #expect(try ManifestReader.documents(in: edited.bytes).map(\.value) == [value])
        #expect(edited.rewrites.map(\.index) == [0])
    }

    @Test("An anchor that nobody else uses is no hindrance")
    func anchored() throws {
        #expect(
            try adding(.add(path: JSONPointer(["a", "k"]), value: 1), to: "a: &x !!map # c\n  b: 1\n")
                == "a: &x !!map # c\n  b: 1\n  k: 1\n"
        )
    }
}
