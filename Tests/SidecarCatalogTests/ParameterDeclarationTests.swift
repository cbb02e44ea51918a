import SidecarCatalog
import Testing

@Suite("Declarations of parameters")
struct ParameterDeclarationTests {
    @Test(
        "a declaration that contradicts itself is an error",
        arguments: [
            ("{type: strnig}", "invalid-value", "did you mean 'string'?"),
            ("{description: x}", "missing-field", "has no 'type'"),
            ("{type: enum}", "invalid-parameter", "an enum has no values"),
            ("{type: enum, values: [a, a]}", "invalid-parameter", "listed twice"),
            ("{type: string, values: [a]}", "invalid-parameter", "only an enum has values"),
            ("{type: string, minimum: 1}", "invalid-parameter", "has no minimum"),
            ("{type: integer, minimum: 5, maximum: 4}", "invalid-parameter", "more than the maximum"),
            ("{type: quantity, maximum: 1Q}", "invalid-parameter", "not of type quantity"),
            ("{type: port, maximum: 70000}", "invalid-parameter", "not of type port"),
            ("{type: integer, pattern: a}", "invalid-parameter", "has no pattern"),
            ("{type: string, pattern: '(a'}", "invalid-parameter", "a '(' is not closed (character 3)"),
            ("{type: string, items: port}", "invalid-parameter", "only a list has items"),
            ("{type: list, items: text}", "invalid-parameter", "no usable type"),
            ("{type: list, items: prot}", "invalid-parameter", "'port'"),
            ("{type: list, minimum: 1}", "invalid-parameter", "below 'items'"),
            ("{type: list, items: {type: port, x: 1}}", "unknown-field", "'x'"),
            ("{type: string, required: true, default: a}", "invalid-parameter", "required and has a default"),
            ("{type: string, default: 8080}", "invalid-default", "put it in quotes"),
            ("{type: integer, default: '1x'}", "invalid-default", "is not a number"),
            ("{type: port, default: 0}", "invalid-default", "from 1 to 65535"),
            ("{type: path, default: /}", "invalid-default", "root"),
            ("{type: enum, values: [info], default: inof}", "invalid-default", "did you mean 'info'?"),
            ("{type: quantity, maximum: 1Gi, default: 2Gi}", "invalid-default", "more than the maximum 1Gi"),
            ("{type: string, default: null}", "invalid-default", "not a string"),
            ("{type: integer, default: [1]}", "invalid-default", "array"),
            (
                "{type: string, default: $(params.p)}", "misplaced-reference",
                "a default may only refer to pod. and app."
            ),
            ("{type: string, default: $(app.prot)}", "unknown-reference", "did you mean 'app.port'?"),
            ("{type: string, requried: true}", "unknown-field", "did you mean 'required'?"),
        ]
    )
    func errors(_ declaration: String, _ code: String, _ text: String) throws {
        let lines = try Loaded.lines(Document.both(version: ["parameters: {p: \(declaration)}"]))
        #expect(
            lines.contains { $0.contains(": error: ") && $0.contains(text) && $0.hasSuffix("(\(code))") },
            "\(lines)"
        )
    }

    @Test(
        "a name that cannot stand in an annotation is an error",
        arguments: ["1a", "a.b", "a-", "-", "a/b", "ä", "a b"]
    )
    func names(_ name: String) throws {
        let lines = try Loaded.lines(Document.both(version: ["parameters: {\"\(name)\": {type: string, default: a}}"]))
        #expect(lines.contains { $0.hasSuffix("(invalid-name)") }, "\(lines)")
    }

    @Test("a parameter that nothing refers to is a warning, and so is one that is only said to be optional")
    func warnings() throws {
        let lines = try Loaded.lines(Document.both(version: ["parameters: {p: {type: string, required: false}}"]))
        #expect(
            lines == [
                "a.yaml:7:20: warning: nothing refers to parameter 'p'; refer to it by '$(params.p)' or remove it (unused-parameter)",
                "a.yaml:7:23: warning: parameter 'p' has no default, so a pod has to set it;"
                    + " give it a default, or leave 'required' out (invalid-parameter)",
            ]
        )
    }
}
