import JSON
import ManifestFixtures
import Manifests
import Testing

@Suite("YAMLWriter")
struct YAMLWriterTests {
    private func text(_ value: JSONValue) -> String {
        String(decoding: YAMLWriter.document(value), as: UTF8.self)
    }

    @Test("Objects, lists and scalars are written as kubectl writes them")
    func layout() {
        let value: JSONValue = [
            "apiVersion": "v1", "empty": [:], "none": [], "nothing": nil, "on": true, "count": 3,
            "list": [["name": "a", "args": ["--x", "y z"]], [["b"]], "c"], "text": "one\ntwo\n",
            "deep": ["a": ["b": 1]],
        ]
        #expect(
            text(value) == """
                apiVersion: v1
                empty: {}
                none: []
                nothing: null
                "on": true
                count: 3
                list:
                - name: a
                  args:
                  - --x
                  - y z
                - - - b
                - c
                text: |
                  one
                  two
                deep:
                  a:
                    b: 1

                """
        )
    }

    @Test(
        "A string that some reader takes for something else is quoted",
        arguments: [
            "", "y", "N", "on", "Off", "yes", "true", "TRUE", "null", "~", "Null", "1", "-1", "+1", "1.5", "1e3", "1E3",
            "0x1F",
            "0o17", "017", "1_000", "12:30:45", "190:20:30.15", "2001-01-01", "2001-12-14t21:59:43.10-05:00", ".inf",
            "-.INF", ".nan",
            "NaN", "inf", "=", "<<", "-", "--", "---", "...", "?", ":", "a: b", "a:", "a #b", "#a", " a", "a ", "*a",
            "&a", "!a", "%a",
            "@a", "`a", "[a", "{a", "]", "}", ",a", "|", ">", "'a'", "\"a\"", "a\tb", "a\r", "\u{7F}", "\u{85}",
            "\u{2028}",
            "\u{FEFF}a", "\u{202E}a", "\u{A0}a", "0b101", "1.", ".5", "- a", "? a", "1,000", "5.1.1", "deadbeef: 1",
            "0", "\u{0}",
        ]
    )
    func quoted(string: String) throws {
        #expect(text(.string(string)).hasPrefix("\""))
        #expect(try ManifestReader.documents(in: YAMLWriter.document(.string(string))).first?.value == .string(string))
        let key: JSONValue = .object(JSONObject(string, nil))
        #expect(try ManifestReader.documents(in: YAMLWriter.document(key)).first?.value == key)
    }

    @Test(
        "A string that nobody can misread is plain",
        arguments: [
            "nginx:1.27", "500m", "64Mi", "/var/log/app", "--config=/etc/x.yaml", "$(params.path)/*.log", "a b", "über",
            "日本", "a,b",
        ]
    )
    func plain(string: String) throws {
        #expect(text(.string(string)) == string + "\n")
        #expect(try ManifestReader.documents(in: YAMLWriter.document(.string(string))).first?.value == .string(string))
    }

    @Test(
        "A text of several lines is a literal block with the right end",
        arguments: [
            ("a\nb", "|-\n  a\n  b\n"), ("a\nb\n", "|\n  a\n  b\n"), ("a\n\n\n", "|+\n  a\n\n\n"),
            (" a\nb\n", "|2\n   a\n  b\n"),
            ("\na\n", "|2\n\n  a\n"), ("a\n\tb\n", "|\n  a\n  \tb\n"), ("a  \nb\n", "|\n  a  \n  b\n"),
        ]
    )
    func literals(string: String, expected: String) throws {
        #expect(text(.string(string)) == expected)
        #expect(try ManifestReader.documents(in: Array(expected.utf8)).first?.value == .string(string))
    }

    @Test(
        "A text of several lines that no literal block can hold is quoted",
        arguments: ["\n", "\n\n", "a\r\nb", "a\n  ", "a\n\u{1}"]
    )
    func noLiteral(string: String) throws {
        #expect(text(.string(string)).hasPrefix("\""))
        #expect(try ManifestReader.documents(in: YAMLWriter.document(.string(string))).first?.value == .string(string))
    }

    @Test("Numbers keep their spelling, and one with an exponent gets a point and a sign")
    func numbers() throws {
        let numbers = try JSONParser.parse(Array("[1.0, -0, 12345678901234567890123, 1e3, 1.5E-3]".utf8))
        #expect(text(numbers) == "- 1.0\n- -0\n- 12345678901234567890123\n- 1.0e+3\n- 1.5e-3\n")
    }

    @Test("A long key is written so that readers find its end")
    func longKey() throws {
        let key = String(repeating: "k", count: 2000)
        for value: JSONValue in [1, ["a": 1, "b": 2], ["x", "y"], "one\ntwo\n"] {
            let object: JSONValue = ["z": .object(JSONObject(key, value)), "after": 1]
            #expect(try ManifestReader.documents(in: YAMLWriter.document(object)).first?.value == object)
        }
    }

    @Test("Random trees are read back as they were")
    func roundTrip() throws {
        for seed in UInt64(0)..<2000 {
            var random = RandomTree(seed: seed)
            let value = random.value(depth: 4)
            let written = YAMLWriter.document(value)
            let documents = try? ManifestReader.documents(in: written)
            #expect(documents?.map(\.value) == [value], "seed \(seed)")
        }
    }

    @Test("A stream of random trees is read back document by document")
    func streamRoundTrip() throws {
        for seed in UInt64(0)..<200 {
            var random = RandomTree(seed: seed)
            let values = (0..<5).map { _ in random.value(depth: 2) }
            let documents = try? ManifestReader.documents(in: YAMLWriter.stream(values))
            #expect(documents?.map(\.value) == values, "seed \(seed)")
        }
    }
}

extension JSONObject {
    init(_ key: String, _ value: JSONValue) {
        self.init()
        self[key] = value
    }
}
