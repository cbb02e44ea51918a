import JSON
@testable import SidecarCatalog
import Testing

@Suite("Template choices")
struct TemplateChoiceTests {
    private static let types: [String: ParameterType] = ["output": .enum, "tls": .boolean, "host": .string]
    private static let values = ["output": ["stdout", "forward"], "tls": ["true", "false"]]

    private func compile(_ value: JSONValue, as place: TemplatePlace = .content) -> (
        Template, TemplateCompiler
    ) {
        var compiler = TemplateCompiler(parameters: Self.types, values: Self.values)
        let template = compiler.compile(value, as: place, at: JSONPointer())
        return (template, compiler)
    }

    private func render(
        _ value: JSONValue,
        _ parameters: [String: JSONValue],
        as place: TemplatePlace = .content
    ) throws -> JSONValue {
        let (template, compiler) = compile(value, as: place)
        #expect(compiler.issues.map(\.message) == [])
        return try template.render { reference throws(SubstitutionError) in
            guard case .parameter(let name) = reference, let value = parameters[name] else {
                throw SubstitutionError(code: .unset, reason: "unset", reference: reference)
            }
            return value
        }
    }

    private static let outputs: JSONValue = [
        "outputs": [
            "$(params.output)": [
                "stdout": [["name": "stdout"]],
                "forward": [["name": "forward", "host": "$(params.host)"], ["name": "null"]],
            ]
        ]
    ]

    @Test("the case of the value stands for the choice")
    func cases() throws {
        #expect(try render(Self.outputs, ["output": "stdout"]) == ["outputs": [["name": "stdout"]]])
        #expect(
            try render(Self.outputs, ["output": "forward", "host": "h"])
                == ["outputs": [["name": "forward", "host": "h"], ["name": "null"]]]
        )
    }

    @Test("a boolean chooses as well")
    func boolean() throws {
        let choice: JSONValue = ["tls": ["$(params.tls)": ["true": ["verify": true], "false": nil]]]
        #expect(try render(choice, ["tls": true]) == ["tls": ["verify": true]])
        #expect(try render(choice, ["tls": false]) == ["tls": nil])
    }

    @Test("only what the chosen case refers to has to be set")
    func unset() throws {
        let (template, compiler) = compile(Self.outputs)
        #expect(throws: SubstitutionError.self) { try render(Self.outputs, ["output": "forward"]) }
        #expect(template.references == [.parameter("output"), .parameter("host")])
        #expect(compiler.unconditional == [.parameter("output")])
    }

    @Test(
        "in a list the elements of a case take the place of the choice",
        arguments: [
            (.content, "stdout", ["a", "b"]), (.content, "forward", ["a", "c", "d", "b"]),
            (.arguments, "stdout", ["a", "b"]), (.arguments, "forward", ["a", "c", "d", "b"]),
        ] as [(TemplatePlace, JSONValue, JSONValue)]
    )
    func splice(_ place: TemplatePlace, _ output: JSONValue, _ expected: JSONValue) throws {
        let list: JSONValue = ["a", ["$(params.output)": ["stdout": [], "forward": ["c", "d"]]], "b"]
        #expect(try render(list, ["output": output], as: place) == expected)
    }

    @Test("in the environment a case is a variable or a list of them, whose values the kubelet does not expand")
    func environment() throws {
        let container: JSONValue = [
            "env": [
                ["$(params.output)": ["stdout": [], "forward": [["name": "HOST", "value": "$(params.host)"]]]],
                ["name": "LAST", "value": "1"],
            ]
        ]
        #expect(
            try render(container, ["output": "stdout"], as: .container) == ["env": [["name": "LAST", "value": "1"]]]
        )
        #expect(
            try render(container, ["output": "forward", "host": "$(A)"], as: .container)
                == ["env": [["name": "HOST", "value": "$$(A)"], ["name": "LAST", "value": "1"]]]
        )
    }

    @Test("an environment that choices leave empty is left out")
    func empty() throws {
        let container: JSONValue = [
            "image": "a", "env": [["$(params.output)": ["stdout": [], "forward": [["name": "A"]]]]],
        ]
        #expect(try render(container, ["output": "stdout"], as: .container) == ["image": "a"])
    }

    @Test(
        "a hostile value stays a string in the chosen case",
        arguments: ["\n  - name: evil", "$(params.output)", "}", "forward"]
    )
    func hostile(_ value: String) throws {
        let rendered = try render(Self.outputs, ["output": "forward", "host": .string(value)])
        #expect(rendered["outputs"]?.array?.count == 2)
        #expect(rendered["outputs"]?.array?.first?["host"] == .string(value))
    }

    @Test(
        "a choice that is not one for each value is refused",
        arguments: [
            (["$(params.output)": ["stdout": 1]], "no case for each value"),
            (["$(params.output)": ["stdout": 1, "forward": 2, "kafka": 3]], "never 'kafka'"),
            (["$(params.output)": [1, 2]], "not an object"),
            (["$(params.host)": ["a": 1]], "no list of values"),
            (["$(pod.namespace)": ["a": 1]], "no list of values"),
            (["$(params.outptu)": ["stdout": 1, "forward": 2]], "not declared"),
            (["$(params.output)": ["stdout": 1, "forward": 2], "b": 1], "a member name has a reference in it"),
            (["a$(params.output)": ["stdout": 1, "forward": 2]], "a member name has a reference in it"),
        ] as [(JSONValue, String)]
    )
    func refused(_ value: JSONValue, _ message: String) {
        let messages = compile(value).1.issues.map(\.message)
        #expect(messages.contains { $0.contains(message) }, "\(messages)")
    }

    @Test(
        "images, ports, mounts and the security context cannot be chosen",
        arguments: ["image", "ports", "volumeMounts", "securityContext", "resources", "livenessProbe"]
    )
    func places(_ field: String) {
        let choice: JSONValue = ["$(params.output)": ["stdout": [], "forward": []]]
        let messages = compile(.object([field: choice]), as: .container).1.issues.map(\.message)
        #expect(messages.contains("a member name has a reference in it"))
    }
}
