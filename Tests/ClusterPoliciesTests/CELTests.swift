import JSON
import Testing

@testable import ClusterPolicies

@Suite("CEL expressions")
struct CELTests {
    @Test(
        "a text is one literal, whatever is in it",
        arguments: [
            ("plain", "'plain'"), ("it's", #"'it\'s'"#), (#"a\b"#, #"'a\\b'"#), ("a\nb\r\t", #"'a\nb\r\t'"#),
            ("'] + x['", #"'\'] + x[\''"#), ("\u{7}", #"'\u0007'"#), ("\u{202E}", #"'\u202e'"#),
            ("\u{2028}", #"'\u2028'"#), ("\u{E0001}", #"'\U000e0001'"#), ("é😀", "'é😀'"), ("\u{A0}", #"'\u00a0'"#),
        ]
    )
    func quoting(text: String, literal: String) {
        #expect(CEL.quoted(text) == literal)
    }

    @Test(
        "patterns are the cheapest comparison that means the same",
        arguments: [
            (["a", "b"], "n in ['a', 'b']"), (["a-*"], "n.startsWith('a-')"), (["*-a"], "n.endsWith('-a')"),
            (["a", "b*"], "(n in ['a'] || n.startsWith('b'))"), (["a.*b*"], #"n.matches('^(?s:a\\..*b.*)$')"#),
            ([], "false"),
        ]
    )
    func patterns(patterns: [String], expression: String) {
        #expect(CEL.matches("n", patterns) == expression)
    }

    @Test("a pattern that everything matches is no condition", arguments: [["*"], ["a", "**"]])
    func everything(patterns: [String]) {
        #expect(CEL.matches("n", patterns) == nil)
    }

    @Test(
        "members of several types are wrapped, those of one type are not",
        arguments: [
            (#"{"a": "x", "b": "y"}"#, "{'a': 'x', 'b': 'y'}"),
            (#"{"a": "x", "b": 1}"#, "{'a': dyn('x'), 'b': dyn(1)}"),
            (#"[1, 2]"#, "[1, 2]"), (#"[1, 1.5]"#, "[dyn(1), dyn(1.5)]"), (#"[[], ["a"]]"#, "[dyn([]), dyn(['a'])]"),
            (#"[{"a": "x"}, {"b": "y"}]"#, "[{'a': 'x'}, {'b': 'y'}]"),
            (#"{"a": {}, "b": {"c": true}}"#, "{'a': dyn({}), 'b': dyn({'c': true})}"),
            (#"[9007199254740993]"#, "[9007199254740993.0]"), (#"[1e3]"#, "[1e3]"),
            (#"[null, -0]"#, "[dyn(null), dyn(0)]"),
        ]
    )
    func values(json: String, expression: String) throws {
        #expect(CEL.value(try JSONParser.parse(Array(json.utf8))) == expression)
    }

    @Test("a long sum is as deep as its logarithm")
    func depth() {
        let sum = CEL.sum((0..<1000).map { "[\($0)]" })
        var (depth, deepest) = (0, 0)
        for character in sum {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            deepest = max(deepest, depth)
        }
        #expect(deepest <= 10)
        #expect(depth == 0)
    }
}
