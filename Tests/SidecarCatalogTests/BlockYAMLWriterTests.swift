import JSON
import Manifests
@testable import SidecarCatalog
import Testing

@Suite("BlockYAMLWriter")
struct BlockYAMLWriterTests {
    @Test("a tree is written in block style")
    func layout() {
        let value: JSONValue = [
            "service": ["flush": 1, "on": true], "inputs": [["name": "tail", "path": "/a/*.log"], ["x", ["z", 2]]],
            "empty": [:], "none": [], "nothing": nil, "": "no",
        ]
        let expected = """
            service:
              flush: 1
              "on": true
            inputs:
              - name: tail
                path: "/a/*.log"
              - - x
                - - z
                  - 2
            empty: {}
            none: []
            nothing: null
            "": "no"

            """
        #expect(BlockYAMLWriter.text(value) == expected)
    }

    @Test(
        "a string is read as the same string",
        arguments: [
            "", " ", "a", "true", "Yes", "NULL", "~", "1", "1.5", "0x10", "1e3", "12:30:45", "2020-01-01", ".inf",
            "NaN", "-", "- a", "a: b", "a #b",
            "#", "@a", "`", "%", "!t", "&a", "*a", "{a}", "[a]", "a\nb\n", "\n", "a\tb", "\"q\"", "it's", "a\\b",
            "\u{7F}", "\u{85}", "\u{2028}",
            "\u{FEFF}", "\u{0}", "ä€😀", "|", ">", "?", "? a", "---", "...", "=", "<<", "a  b", " a ", "\r\n",
            "\u{FFFE}", "\u{1F}", "n", "y.z",
        ]
    )
    func strings(_ string: String) throws {
        let value: JSONValue = ["k": [.string(string)], "x": ["y": .string(string)]]
        let text = BlockYAMLWriter.text(value)
        let documents = try ManifestReader.documents(in: Array(text.utf8))
        #expect(documents.map(\.value) == [value], "\(text)")
    }

    @Test(
        "a document that is no collection is one line",
        arguments: [("x", "x\n"), (1, "1\n"), ([], "[]\n"), ([:], "{}\n"), (["a"], "- a\n")] as [(JSONValue, String)]
    )
    func scalars(_ value: JSONValue, _ text: String) {
        #expect(BlockYAMLWriter.text(value) == text)
    }
}
