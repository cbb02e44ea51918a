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

    @Test("a parameter that nothing refers to is a warning")
    func unused() throws {
        let lines = try Loaded.lines(Document.both(version: ["parameters: {p: {type: string, default: a}}"]))
        #expect(
            lines == [
                "a.yaml:7:20: warning: nothing refers to parameter 'p'; refer to it by '$(params.p)' or remove it"
                    + " (unused-parameter)"
            ]
        )
    }

    @Test(
        "an optional parameter without a default is a warning where it is always needed, and fine in a choice",
        arguments: [
            ("$(params.p)", ["always referred to"]),
            ("{$(params.e): {a: $(params.p), b: 1}}", []),
        ]
    )
    func optional(_ value: String, _ expected: [String]) throws {
        let parameters = "{p: {type: string, required: false}, e: {type: enum, values: [a, b], default: a}}"
        let lines = try Loaded.lines(
            Document.both(version: [
                "parameters: \(parameters)", "files: {/etc/x/y: {yaml: {k: \(value), e: $(params.e)}}}",
            ])
        )
        #expect(lines.count == expected.count, "\(lines)")
        #expect(zip(lines, expected).allSatisfy { $0.contains($1) }, "\(lines)")
    }

    @Test(
        "a choice can stand in a file, in the environment and among the arguments, each case of the right type",
        arguments: [
            ("files: {/etc/x/y: {text: {$(params.e): {a: one, b: two}}}}", nil),
            ("files: {/etc/x/y: {text: {$(params.e): {a: one, b: 2}}}}", "is a number, not a string"),
            ("container: {image: a/b:1, args: [--x, {$(params.e): {a: [--y], b: []}}]}", nil),
            ("container: {image: a/b:1, env: [{$(params.e): {a: [], b: {name: A, value: c}}}]}", nil),
            ("container: {image: a/b:1, env: [{$(params.e): {a: [], b: {value: c}}}]}", "has no 'name'"),
            ("container: {image: a/b:1, env: [{$(params.e): {a: [], b: [x]}}]}", "is a string, not an object"),
            ("container: {image: {$(params.e): {a: x, b: y}}}", "not a string"),
        ] as [(String, String?)]
    )
    func choices(_ field: String, _ finding: String?) throws {
        let parameters = "parameters: {e: {type: enum, values: [a, b], default: a}}"
        let lines = try Loaded.lines(Document.both(version: [parameters, field]))
        #expect(lines.contains { $0.contains(": error: ") } == (finding != nil), "\(lines)")
        if let finding { #expect(lines.contains { $0.contains(finding) }, "\(lines)") }
    }
}
