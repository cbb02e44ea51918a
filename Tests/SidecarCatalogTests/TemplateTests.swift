import JSON
@testable import SidecarCatalog
import Testing

@Suite("Template")
struct TemplateTests {
    private static let types: [String: ParameterType] = [
        "s": .string, "n": .integer, "b": .boolean, "l": .list, "d": .string,
    ]

    private func compile(_ value: JSONValue, as place: TemplatePlace = .value) -> (Template, [TemplateCompiler.Issue]) {
        var compiler = TemplateCompiler(parameters: Self.types)
        let template = compiler.compile(value, as: place, at: JSONPointer())
        return (template, compiler.issues)
    }

    private func resolve(_ reference: Reference) throws(SubstitutionError) -> JSONValue {
        switch reference {
        case .parameter("s"): return "it's \"x\": {y}\n$(params.n) ${z}"
        case .parameter("n"): return 12
        case .parameter("b"): return true
        case .parameter("l"): return ["a$b", 7]
        case .parameter("d"): return "$(HOME)$$"
        case .podNamespace: return "shop"
        case .appRunAsUser: return 10000
        default: throw SubstitutionError(code: .unset, reason: "\(reference) has no value", reference: reference)
        }
    }

    private func render(_ value: JSONValue, as place: TemplatePlace = .value) throws -> JSONValue {
        let (template, issues) = compile(value, as: place)
        #expect(issues.isEmpty)
        return try template.render(resolve)
    }

    @Test(
        "a scalar that is one reference takes the value with its type",
        arguments: [
            ("$(params.n)", 12), ("$(params.b)", true), ("$(params.l)", ["a$b", 7]), ("$(app.runAsUser)", 10000),
            ("$(pod.namespace)", "shop"),
        ]
            as [(JSONValue, JSONValue)]
    )
    func typed(_ text: JSONValue, _ expected: JSONValue) throws {
        #expect(try render(text) == expected)
    }

    @Test(
        "inside a string a value becomes part of it",
        arguments: [
            ("a$(params.n)b", "a12b"), ("$(params.n)$(params.b)", "12true"),
            ("$(pod.namespace)/$(params.n)", "shop/12"), (" $(params.n)", " 12"),
        ] as [(JSONValue, JSONValue)]
    )
    func interpolated(_ text: JSONValue, _ expected: JSONValue) throws {
        #expect(try render(text) == expected)
    }

    @Test(
        "what other tools expand is left alone",
        arguments: [
            "$(HOME)", "${params.n}", "$params.n", "$(params)", "$(paramsx.n)", "$$(params.n)", "$", "$(", "$()",
            "a$$b", "$(A.B)", "%{x}",
        ]
    )
    func leaves(_ text: String) throws {
        let value = JSONValue.string(text)
        #expect(try compile(value).0.render(resolve) == value)
        #expect(compile(value).0.isConstant)
    }

    @Test("after an escaped dollar a reference counts again")
    func escapes() throws {
        #expect(try render("$$$(params.n)") == "$$12")
    }

    @Test("a value never changes the shape of the tree and is never looked at again")
    func injection() throws {
        let hostile: JSONValue = "it's \"x\": {y}\n$(params.n) ${z}"
        #expect(try render(["a": ["$(params.s)"], "b": 1]) == ["a": [hostile], "b": 1])
    }

    @Test("the kubelet finds every dollar of a value doubled, and those of the author as they are")
    func kubelet() throws {
        let container: JSONValue = [
            "image": "$(params.d)", "command": ["sh", "$(params.d)"], "args": ["--a=$(params.d)", "$(HOME)"],
            "env": [
                ["name": "A", "value": "$(params.d)"], ["name": "$(params.d)", "valueFrom": ["x": "$(params.d)"]],
            ],
            "startupProbe": ["exec": ["command": ["$(params.d)"]], "httpGet": ["path": "$(params.d)"]],
            "lifecycle": ["preStop": ["exec": ["command": ["$(params.d)"]]]],
            "volumeMounts": [["mountPath": "$(params.d)", "subPathExpr": "$(params.d)"]],
        ]
        let (plain, doubled): (JSONValue, JSONValue) = ("$(HOME)$$", "$$(HOME)$$$$")
        let expected: JSONValue = [
            "image": plain, "command": ["sh", doubled], "args": ["--a=$$(HOME)$$$$", "$(HOME)"],
            "env": [["name": "A", "value": doubled], ["name": plain, "valueFrom": ["x": plain]]],
            "startupProbe": ["exec": ["command": [doubled]], "httpGet": ["path": plain]],
            "lifecycle": ["preStop": ["exec": ["command": [plain]]]],
            "volumeMounts": [["mountPath": plain, "subPathExpr": doubled]],
        ]
        #expect(try render(container, as: .container) == expected)
    }

    @Test("where only strings can stand everything becomes one")
    func strings() throws {
        let container: JSONValue = ["args": ["$(params.n)", 5, true], "env": [["name": "A", "value": "$(params.n)"]]]
        #expect(
            try render(container, as: .container) == [
                "args": ["12", "5", "true"], "env": [["name": "A", "value": "12"]],
            ]
        )
        #expect(try render(["a": "$(params.n)", "b": 9187], as: .strings) == ["a": "12", "b": "9187"])
        #expect(try render(["args": "$(params.l)"], as: .container) == ["args": ["a$$b", "7"]])
    }

    @Test("a list cannot be part of a string", arguments: ["a $(params.l)", "$(params.l)$(params.n)"])
    func lists(_ text: String) {
        #expect(compile(.string(text)).1.map(\.code) == [.misplacedReference])
    }

    @Test("a list cannot be one argument")
    func listArgument() {
        #expect(compile(["args": ["$(params.l)"]], as: .container).1.map(\.code) == [.misplacedReference])
    }

    @Test("a list that a resolver gives for a string is an error and no trap")
    func unexpectedList() throws {
        let (template, _) = compile("a$(params.s)")
        let error = #expect(throws: SubstitutionError.self) {
            try template.render { (_) throws(SubstitutionError) in ["x"] }
        }
        #expect(error?.code == .notScalar)
    }

    @Test(
        "an unknown reference is an error with the nearest name",
        arguments: [
            ("$(params.m)", "parameter 'm' is not declared"), ("$(params.)", "parameter '' is not declared"),
            ("$(params.n", "is not closed"),
            ("$(pod.namespcae)", "'$(pod.namespcae)' does not exist"), ("$(app.foo)", "does not exist"),
            ("x$(params.n )", "not declared"),
        ]
    )
    func unknown(_ text: String, _ message: String) throws {
        let issue = try #require(compile(.string(text)).1.first)
        #expect(issue.code == .unknownReference)
        #expect(issue.isError)
        #expect(issue.message.contains(message), "\(issue.message)")
    }

    @Test("a misspelt first word is a warning and stays as it is")
    func suspicious() throws {
        let (template, issues) = compile("a $(parms.n)")
        #expect(issues.map(\.isError) == [false])
        #expect(template.constant == "a $(parms.n)")
    }

    @Test("a member's name cannot be a reference")
    func memberName() {
        let (_, issues) = compile(["$(params.n)": 1])
        #expect(issues.map(\.code) == [.misplacedReference])
        #expect(issues.map(\.pointer.description) == ["/$(params.n)"])
    }

    @Test("a template knows what it refers to")
    func references() {
        let template = compile(["a": "$(params.n) $(app.port)", "b": ["$(params.n)"], "c": "x"]).0
        #expect(template.references == [.parameter("n"), .appPort])
        #expect(!template.isConstant)
    }

    @Test("what the resolver throws comes out")
    func unset() {
        let error = #expect(throws: SubstitutionError.self) { try compile("$(app.port)").0.render(resolve) }
        #expect(error?.reference == .appPort)
        #expect(error?.reason == "$(app.port) has no value")
    }
}
