import JSON
import Kubernetes
import Testing

@Suite("LabelSelector")
struct LabelSelectorTests {
    private static func requirement(_ key: String, _ name: String, _ values: [String]? = nil) -> JSONValue {
        var object: JSONObject = ["key": .string(key), "operator": .string(name)]
        object["values"] = values.map { .array($0.map(JSONValue.string)) }
        return ["matchExpressions": [.object(object)]]
    }

    @Test(
        "each operator compares as Kubernetes does",
        arguments: [
            (requirement("tier", "In", ["web", "db"]), true, false, false),
            (requirement("tier", "NotIn", ["web"]), false, true, true),
            (requirement("tier", "Exists"), true, true, false),
            (requirement("tier", "DoesNotExist"), false, false, true),
            (["matchLabels": ["tier": "web"]], true, false, false),
        ] as [(JSONValue, Bool, Bool, Bool)]
    )
    func operators(_ json: JSONValue, web: Bool, cache: Bool, none: Bool) throws {
        let selector = try LabelSelector(json: json)
        #expect(selector.matches(["tier": "web"]) == web)
        #expect(selector.matches(["tier": "cache"]) == cache)
        #expect(selector.matches(["other": "web"]) == none)
        #expect(selector.matches(nil) == none)
    }

    @Test("all requirements have to be met")
    func conjunction() throws {
        let selector = try LabelSelector(json: [
            "matchLabels": ["component": "redis"],
            "matchExpressions": [
                ["key": "tier", "operator": "In", "values": ["cache"]],
                ["key": "environment", "operator": "NotIn", "values": ["dev"]],
            ],
        ])
        #expect(selector.matches(["component": "redis", "tier": "cache"]))
        #expect(!selector.matches(["component": "redis", "tier": "cache", "environment": "dev"]))
        #expect(!selector.matches(["component": "redis"]))
        #expect(!selector.matches(["tier": "cache"]))
    }

    @Test(
        "a selector without requirements means every object",
        arguments: [[:], ["matchLabels": [:]], ["matchExpressions": nil, "matchLabels": nil]] as [JSONValue]
    )
    func everything(_ json: JSONValue) throws {
        let selector = try LabelSelector(json: json)
        #expect(selector.selectsEverything)
        #expect(selector == .everything)
        #expect(selector.matches(nil))
    }

    @Test("a label that is no string counts as absent")
    func wrongLabels() throws {
        let selector = try LabelSelector(json: Self.requirement("tier", "DoesNotExist"))
        #expect(selector.matches(["tier": 1]))
        #expect(selector.matches(["tier": nil]))
    }

    @Test(
        "an error names the part that is wrong",
        arguments: [
            (nil, .wrongType, ""),
            ([], .wrongType, ""),
            (["matchLabel": [:]], .unknownMember, "/matchLabel"),
            (["matchLabels": []], .wrongType, "/matchLabels"),
            (["matchLabels": ["a": 1]], .wrongType, "/matchLabels/a"),
            (["matchLabels": ["a/b/c": "x"]], .invalid, "/matchLabels/a~1b~1c"),
            (["matchLabels": ["": "x"]], .invalid, "/matchLabels/"),
            (["matchLabels": ["a": "x y"]], .invalid, "/matchLabels/a"),
            (["matchLabels": ["A_b.c": "-x"]], .invalid, "/matchLabels/A_b.c"),
            (["matchExpressions": [:]], .wrongType, "/matchExpressions"),
            (["matchExpressions": ["x"]], .wrongType, "/matchExpressions/0"),
            (["matchExpressions": [[:]]], .missing, "/matchExpressions/0/key"),
            (["matchExpressions": [["key": "a"]]], .missing, "/matchExpressions/0/operator"),
            (["matchExpressions": [["key": 1, "operator": "In"]]], .wrongType, "/matchExpressions/0/key"),
            (["matchExpressions": [["key": "a", "op": "In"]]], .unknownMember, "/matchExpressions/0/op"),
            (requirement("a", "in", ["x"]), .invalid, "/matchExpressions/0/operator"),
            (requirement("a", "In"), .invalid, "/matchExpressions/0/values"),
            (requirement("a", "In", []), .invalid, "/matchExpressions/0/values"),
            (requirement("a", "NotIn", []), .invalid, "/matchExpressions/0/values"),
            (requirement("a", "Exists", ["x"]), .invalid, "/matchExpressions/0/values"),
            (requirement("a", "DoesNotExist", ["x"]), .invalid, "/matchExpressions/0/values"),
            (requirement("a", "In", ["ok", "not ok"]), .invalid, "/matchExpressions/0/values/1"),
            (requirement("a", "In", Array(repeating: "x", count: 257)), .tooMany, "/matchExpressions/0/values"),
            (
                ["matchExpressions": .array(Array(repeating: ["key": "a", "operator": "Exists"], count: 257))],
                .tooMany, ""
            ),
        ] as [(JSONValue, KubernetesError.Code, String)]
    )
    func errors(_ json: JSONValue, _ code: KubernetesError.Code, _ location: String) throws {
        let start = JSONPointer(["spec"])
        let end = try #require(JSONPointer(parsing: location))
        #expect(throws: KubernetesError(code, "", at: start.appending(end))) {
            try LabelSelector(json: json, at: start)
        }
    }

    @Test(
        "keys are qualified names",
        arguments: [
            ("app", true), ("app.kubernetes.io/name", true), ("example.com/A_b-c.d", true), ("9", true),
            (String(repeating: "a", count: 63), true), (String(repeating: "a", count: 64), false), ("", false),
            ("/a", false), ("a/", false), ("Example.com/a", false), ("a b", false), ("-a", false), ("é", false),
        ]
    )
    func keys(_ key: String, _ expected: Bool) {
        #expect(KubernetesName.isQualified(key) == expected)
    }
}
