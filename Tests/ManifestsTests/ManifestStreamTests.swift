import Manifests
import Testing

@Suite("ManifestStream")
struct ManifestStreamTests {
    private func joined(_ texts: [String]) -> String {
        var stream = ManifestStream()
        return texts.map { String(decoding: stream.next(Array($0.utf8)), as: UTF8.self) }.joined()
    }

    @Test(
        "Files follow each other with a separator where one is needed",
        arguments: [
            (["a: 1\n", "b: 2\n"], "a: 1\n---\nb: 2\n"),
            (["a: 1", "b: 2"], "a: 1\n---\nb: 2"),
            (["a: 1\n", "---\nb: 2\n"], "a: 1\n---\nb: 2\n"),
            (["a: 1\n", "# of b\n---\nb: 2\n"], "a: 1\n# of b\n---\nb: 2\n"),
            (["a: 1\n", "----\n"], "a: 1\n---\n----\n"),
            (["a: 1\n", "%YAML 1.1\n---\nb: 2\n"], "a: 1\n...\n%YAML 1.1\n---\nb: 2\n"),
            (["# none\n", "b: 2\n"], "# none\nb: 2\n"),
            (["", "b: 2\n", "", "\n", "c: 3\n"], "b: 2\n\n---\nc: 3\n"),
            (["a: 1\n", "# none\n", "b: 2\n"], "a: 1\n# none\n---\nb: 2\n"),
            (["\u{FEFF}a: 1\n", "\u{FEFF}b: 2\n"], "\u{FEFF}a: 1\n---\nb: 2\n"),
            (["a: 1\r\n", "b: 2\r\n"], "a: 1\r\n---\nb: 2\r\n"),
            (["{\"a\": 1}", "{\"b\": 2}"], "{\"a\": 1}\n---\n{\"b\": 2}"),
            (["# open", "b: 2\n"], "# open\nb: 2\n"),
        ]
    )
    func separators(texts: [String], expected: String) {
        #expect(joined(texts) == expected)
    }
}
