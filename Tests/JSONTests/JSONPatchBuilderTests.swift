import JSON
import Testing

@Suite("JSONPatchBuilder")
struct JSONPatchBuilderTests {
    @Test("the text is the patch's own")
    func text() throws {
        var builder = JSONPatchBuilder()
        builder.add(JSONFragment(["name": "a\"\n", "list": [1, .null]]), at: JSONPointer(["spec", "volumes", "-"]))
        builder.add(["x": [true, "\u{1}"]], at: JSONPointer(["metadata", "annotations", "a~b/c\u{e9}"]))
        builder.add(JSONFragment(array: [JSONFragment("one"), JSONFragment(2)]), at: JSONPointer())
        let patch = builder.patch
        #expect(patch.operations.count == 3)
        let text = builder.text()
        #expect(String(decoding: text, as: UTF8.self) == patch.json.compactText)
        #expect(try JSONPatch(json: JSONParser.parse(text)) == patch)
    }

    @Test("no operation is the empty array")
    func empty() {
        #expect(JSONPatchBuilder().text() == Array("[]".utf8))
    }
}
