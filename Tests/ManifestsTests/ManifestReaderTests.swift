import JSON
import ManifestFixtures
import Manifests
import Testing

@Suite("ManifestReader")
struct ManifestReaderTests {
    private func read(_ text: String, limits: ManifestLimits = ManifestLimits()) throws(ManifestError)
        -> [ManifestDocument]
    {
        try ManifestReader.documents(in: Array(text.utf8), file: "x.yaml", limits: limits)
    }

    private func text(_ range: Range<Int>, of text: String) -> String {
        String(decoding: Array(text.utf8)[range], as: UTF8.self)
    }

    private func failure(_ text: String, limits: ManifestLimits = ManifestLimits()) -> ManifestError? {
        do {
            _ = try read(text, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    // MARK: Documents

    @Test("A stream yields its documents in order, empty ones as null")
    func documents() throws {
        let documents = try read("# first\na: 1\n---\n---\n# only a comment\n---\nb: 2\n")
        #expect(documents.map(\.value) == [["a": 1], .null, .null, ["b": 2]])
        #expect(documents.map(\.index) == [0, 1, 2, 3])
    }

    @Test("White space and comments alone are no document", arguments: ["", "\n\n", "# nothing\n", "\u{FEFF}"])
    func nothing(text: String) throws {
        #expect(try read(text).isEmpty)
    }

    @Test(
        "The documents' ranges cover the text without a gap",
        arguments: [
            "a: 1", "# c\n---\na: 1\n# d\n---\nb: 2\n...\n# e\n---\nc: 3\n# end", "---\n---\n",
            "a: 1\n...\n%YAML 1.1\n---\nb\n",
            "é: ü\n---\r\nb: 日本\r\n---\r\n", "{\"a\":1}\n{\"b\":2} [3]\n", "--- |\n a\n\n--- >+\n b\n\n\n",
        ]
    )
    func rangesCoverTheText(text: String) throws {
        let documents = try read(text)
        #expect(documents.first?.bytes.lowerBound == 0)
        #expect(documents.last?.bytes.upperBound == text.utf8.count)
        for (left, right) in zip(documents, documents.dropFirst()) {
            #expect(left.bytes.upperBound == right.bytes.lowerBound)
        }
    }

    @Test("A document starts at its separator, and after an explicit end at what follows that")
    func documentStarts() throws {
        let stream = "a: 1\n# of a\n---\nb: 2\n...\n# of c\n---\nc: 3\n"
        let parts = try read(stream).map { text($0.bytes, of: stream) }
        #expect(parts == ["a: 1\n# of a\n", "---\nb: 2\n...\n", "# of c\n---\nc: 3\n"])
    }

    // MARK: Places

    @Test(
        "Each value's bytes are its text",
        arguments: [
            ("a: plain text # c\nb: 1", "/a", "plain text"), ("a: 'it''s'\n", "/a", "'it''s'"),
            ("a: {b: [1, 2]}", "/a", "{b: [1, 2]}"),
            ("a: {b: [1, 2]}", "/a/b/1", "2"), ("a:\n- x: 1\n  y: 2 # c\n\n# d\nb: 3", "/a", "- x: 1\n  y: 2"),
            ("a: |\n  one\n  two\n\n\nb: 1\n", "/a", "|\n  one\n  two"),
            ("a: |+\n  one\n\n\nb: 1\n", "/a", "|+\n  one\n\n"),
            ("a: >-\n  one  \n\n", "/a", ">-\n  one  "), ("a: |\nb: 1\n", "/a", "|"),
            ("a: |\r\n  one\r\n\r\nb: 1\r\n", "/a", "|\r\n  one"),
            ("a:\nb: 1", "/a", ""), ("é: ü\nb: [ñ, '日本', z]\n", "/b/1", "'日本'"), ("\u{FEFF}a: é\nb: ü\n", "/b", "ü"),
            ("a: &x !!str 1\nb: *x\n", "/a", "&x !!str 1"), ("a: &x {c: 1}\nb: *x\n", "/b", "*x"),
            ("a: [b: c, d]", "/a/0", "b: c"),
            ("? a\n: b\n", "/a", "b"), ("a:\n  - - 1\n    - 2\n", "/a", "- - 1\n    - 2"),
            ("{\"a\": [1, {\"b\": \"x\\\"y\"}]}", "/a/1/b", "\"x\\\"y\""),
            ("{\"a\" : -1.5e3 }", "/a", "-1.5e3"), ("a: b\n c\n  d\n", "/a", "b\n c\n  d"),
        ]
    )
    func bytesAreExact(stream: String, pointer: String, expected: String) throws {
        let document = try #require(try read(stream).first)
        let pointer = try #require(JSONPointer(parsing: pointer))
        #expect(document.value[pointer] != nil)
        #expect(text(document.source.nearest(to: pointer, in: document.value).bytes, of: stream) == expected)
    }

    @Test("Lines and columns are an editor's")
    func positions() throws {
        let document = try #require(try read("é: 1\nüü: {日: x}\n").first)
        let node = document.source.nearest(to: JSONPointer(["üü", "日"]), in: document.value)
        #expect(node.start == SourcePosition(line: 2, column: 9, offset: 18))
        #expect(node.key == SourcePosition(line: 2, column: 6, offset: 13))
        #expect(document.location(of: JSONPointer(["üü", "none"])).description == "x.yaml:2:5")
    }

    @Test("Each value's bytes alone, at their column, mean that value")
    func bytesStandAlone() throws {
        for seed in UInt64(0)..<300 {
            var random = RandomTree(seed: seed)
            let value = random.value(depth: 3)
            let block = YAMLWriter.document(value)
            let windows = block.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
            let json = JSONWriter.pretty(["x": value])
            for text in [block, windows, json] {
                let document = try #require(try ManifestReader.documents(in: text).first, "seed \(seed)")
                checkBytes(of: document.value, document.source, text, seed)
            }
        }
    }

    private func checkBytes(of value: JSONValue, _ node: SourceNode, _ text: [UInt8], _ seed: UInt64) {
        // The number in a literal's header is relative to what contains it, which is not there.
        let isIndented = text[node.bytes].starts(with: Array("|2".utf8))
        if !isIndented {
            let indentation = [UInt8](repeating: 0x20, count: node.start.column - 1)
            let alone = indentation + text[node.bytes] + [0x0A]
            let read =
                try? text.first == UInt8(ascii: "{")
                ? JSONParser.parse(alone) : ManifestReader.documents(in: alone).first?.value
            #expect(read == value, "seed \(seed)")
        }
        let values = value.array ?? value.object?.map(\.value) ?? []
        #expect(values.count == node.children.count)
        for (child, childNode) in zip(values, node.children) {
            checkBytes(of: child, childNode, text, seed)
        }
    }

    // MARK: Formats

    @Test("Text that starts with a bracket is JSON, or YAML when it is not")
    func formats() throws {
        #expect(try read(" {\"a\": 1}").map(\.format) == [.json])
        #expect(try read("{a: 1}").map(\.format) == [.yaml])
        #expect(try read("{\"a\": 1}\n---\nb: 2\n").map(\.value) == [["a": 1], ["b": 2]])
        #expect(try read("{\"a\":1}{\"b\":2}\n[3]").map(\.value) == [["a": 1], ["b": 2], [3]])
    }

    @Test("Of two errors the one of the notation that was meant is told")
    func meantNotation() {
        #expect(failure("{\"a\": 1,\n \"b\": tru\n]")?.reason.contains("JSON") == true)
        #expect(failure("{a: 1,\n b: [\n")?.reason.contains("YAML") == true)
    }

    @Test("CRLF line ends are read like LF")
    func windowsLineEnds() throws {
        #expect(try read("a: 1\r\nb: |\r\n  x\r\n  y\r\n").first?.value == ["a": 1, "b": "x\ny\n"])
    }

    // MARK: Errors

    @Test(
        "What is wrong is named with its place",
        arguments: [
            ("a: 1\nb: 2\na: 3\n", ManifestError.Code.duplicateKey, "x.yaml:3:1"),
            ("{\"a\": 1,\n \"a\": 2}", .duplicateKey, "x.yaml:2:2"),
            ("a:\n\tb: 1\n", .tab, "x.yaml:2:1"), ("a: b: c\n", .syntax, "x.yaml:1:5"),
            ("a: .inf\n", .unsupportedNumber, "x.yaml:1:4"),
            ("a: *b\n", .invalidAlias, "x.yaml:1:4"), ("a: &b [*b]\n", .invalidAlias, "x.yaml:1:8"),
            ("<<: 1\n", .invalidMerge, "x.yaml:1:5"),
            ("[a]: b\n", .unsupportedKey, "x.yaml:1:1"), ("~: b\n", .unsupportedKey, "x.yaml:1:1"),
            ("a: \u{1}\n", .encoding, "x.yaml:1:4"),
            ("a: 1\n---\n\u{FEFF}b: 1\nc: 2\n", .encoding, "x.yaml:3:1"), ("a: !x 1\n", .unsupportedTag, "x.yaml:1:4"),
        ]
    )
    func errors(stream: String, code: ManifestError.Code, place: String) {
        let error = failure(stream)
        #expect(error?.code == code)
        #expect(error?.location.description == place)
    }

    @Test("A duplicate key names the place of the first one")
    func duplicateNamesBoth() {
        #expect(failure("x:\n  a: 1\n  a: 2\n")?.reason.contains("line 2 column 3") == true)
        #expect(failure("{\"x\": {\"a\": 1, \"\\u0061\": 2}}")?.reason.contains("line 1 column 8") == true)
    }

    @Test(
        "UTF-16 is refused, with and without a byte order mark",
        arguments: [
            [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00, 0x3A, 0x00] as [UInt8],
        ]
    )
    func wideText(bytes: [UInt8]) {
        #expect { try ManifestReader.documents(in: bytes) } throws: { ($0 as? ManifestError)?.code == .encoding }
    }

    @Test("Bytes that are not UTF-8 are refused with their place")
    func invalidUTF8() {
        #expect { try ManifestReader.documents(in: Array("a: 1\nb: ".utf8) + [0xC3, 0x28]) } throws: { error in
            (error as? ManifestError)?.code == .encoding && (error as? ManifestError)?.location.position?.line == 2
        }
    }

    // MARK: Limits

    @Test("An alias bomb is refused")
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1..<12 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        #expect(failure(text)?.code == .tooManyNodes)
    }

    @Test("Aliases that add up to too much nesting are refused")
    func aliasNesting() {
        var text = "a0: &a0 [x]\n"
        for level in 1..<600 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(failure(text)?.code == .tooDeep)
    }

    @Test("Nesting is limited in both notations", arguments: ["[", "- ", "{a: ", "{\"a\":"])
    func nesting(opening: String) {
        #expect(failure(String(repeating: opening, count: 600))?.code == .tooDeep)
    }

    @Test("512 levels are read")
    func allowedNesting() throws {
        let text = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try read(text).count == 1)
        #expect(try read("# yaml\n" + text).count == 1)
    }

    @Test("Bytes and nodes are limited")
    func sizes() {
        #expect(failure("abcdef", limits: ManifestLimits(fileBytes: 5))?.code == .tooLarge)
        #expect(failure("- 1\n- 2\n- 3\n", limits: ManifestLimits(nodes: 13))?.code == .tooManyNodes)
        #expect(failure("[1, 2, 3]", limits: ManifestLimits(nodes: 3))?.code == .tooManyNodes)
        #expect(
            failure(String(repeating: "---\n", count: 20), limits: ManifestLimits(nodes: 100))?.code == .tooManyNodes
        )
        #expect(failure(String(repeating: "%TAG !a! b\n", count: 2000) + "--- x\n")?.code == .tooManyNodes)
    }
}
