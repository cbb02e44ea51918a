import RegularExpressions
import Testing

@Suite("Regular expression")
struct RegularExpressionTests {
    @Test(
        "A whole text matches or not",
        arguments: [
            ("", "", true), ("", "a", false), ("a", "a", true), ("a", "ab", false), ("a", "ba", false),
            ("abc", "abc", true), ("a|b", "b", true), ("a|b", "c", false), ("a|", "", true), ("(a|b)*c", "ababc", true),
            ("a*", "", true), ("a+", "", false), ("a+", "aaa", true), ("a?b", "b", true), ("a?b", "aab", false),
            ("a{2}", "aa", true), ("a{2}", "aaa", false), ("a{2,}", "aaaa", true), ("a{2,3}", "aaaa", false),
            ("a{,2}", "a{,2}", true), ("a{", "a{", true), ("x{0}", "", true), (".", "\n", false), ("(?s).", "\n", true),
            (".", "é", true), ("..", "é", false), (".", "😀", true), ("[é]", "é", true), ("[^/]+", "aé😀", true),
            ("[^/]+", "a/b", false), ("[a-c]", "b", true), ("[a-c]", "d", false), ("[]a]", "]", true),
            ("[^]a]", "b", true), ("[a-]", "-", true), ("[[:digit:]]+", "0123", true), ("[[:^digit:]]", "0", false),
            ("\\d+\\w\\s", "12x ", true), ("[\\d.]+", "1.2", true), ("\\D", "1", false), ("\\x41\\x{42}", "AB", true),
            ("\\060", "0", true), ("\\Qa.b\\E", "a.b", true), ("\\Qa.b", "axb", false), ("a\\.b", "axb", false),
            ("(?i)aBc", "AbC", true), ("(?i:a)b", "Ab", true), ("(?i:a)b", "AB", false), ("a(?i)b", "aB", true),
            ("a(?i)b|c", "C", true), ("(?i)[a-f]+", "AbF", true), ("(?i)[^a]", "A", false), ("^abc$", "abc", true),
            ("a^b", "ab", false), ("a$b", "ab", false), ("(^a|b)c", "ac", true), ("\\Aab\\z", "ab", true),
            ("(?m)a$\\nb", "a\nb", true), ("a$\\nb", "a\nb", false), ("\\bfoo\\b.*", "foo bar", true),
            ("foo\\b.*", "foobar", false), ("\\Boo", "oo", false), ("f\\Boo", "foo", true), ("(?U)a+", "aaa", true),
            ("a*?b+?", "aab", true), ("(?P<n>a)(?<m>b)", "ab", true), ("(?:a)", "a", true),
            ("/v[0-9]+/users/([^/]+)/?", "/v12/users/anna/", true),
            ("/v[0-9]+/users/([^/]+)/?", "/v/users/anna", false),
            ("(a*)*", "aaaa", true), ("(a*)+b", "aaab", true), ("(|a)+", "aaa", true), ("()", "", true),
            (".*\\.(png|jpe?g)", "/x/y.jpeg", true), ("[\\x{10000}-\\x{10FFFF}]", "😀", true), ("[à-ÿ]+", "éè", true),
        ]
    )
    func whole(_ pattern: String, _ text: String, _ expected: Bool) throws {
        let expression = try RegularExpression(pattern)
        #expect(expression.matchesWhole(text) == expected)
    }

    @Test(
        "What is no expression is refused",
        arguments: [
            ("(", .unbalanced), (")", .unbalanced), ("a)", .unbalanced), ("[a", .unbalanced), ("(?i", .unbalanced),
            ("*", .repetition), ("a**", .repetition), ("a+*", .repetition), ("a{2}{3}", .repetition),
            ("a{1001}", .repetition), ("a{3,2}", .repetition), ("|*", .repetition), ("\\", .escape),
            ("\\8", .unsupported),
            ("\\1", .unsupported), ("\\q", .escape), ("\\xZ", .escape), ("\\x{110000}", .escape),
            ("[z-a]", .characterClass),
            ("[[:foo:]]", .characterClass), ("(?=a)", .unsupported), ("(?!a)", .unsupported), ("(?<=a)", .unsupported),
            ("(?>a)", .group), ("(?P=n)", .unsupported), ("\\pL", .unsupported), ("(?P<>a)", .group),
            ("((a{100}){100}){100}", .tooLarge), (String(repeating: "(", count: 300), .tooLarge),
            (String(repeating: "a", count: 5000), .tooLarge),
        ] as [(String, RegularExpressionError.Code)]
    )
    func refused(_ pattern: String, _ code: RegularExpressionError.Code) {
        let error = #expect(throws: RegularExpressionError.self) { try RegularExpression(pattern) }
        #expect(error?.code == code, "\(error?.reason ?? "")")
    }

    @Test(
        "Every match is replaced, as RE2's GlobalReplace does",
        arguments: [
            ("a", "b", "aXa", "bXb"), ("(\\w+)/(\\w+)", "\\2-\\1", "x/y z/w", "y-x w-z"),
            ("^/service/([^/]+)(/.*)$", "\\2/instance/\\1", "/service/foo/v1/api", "/v1/api/instance/foo"),
            ("one", "two", "/xxx/one/yyy/one/zzz", "/xxx/two/yyy/two/zzz"),
            ("^(.*?)one(.*)$", "\\1two\\2", "/xxx/one/yyy/one/zzz", "/xxx/two/yyy/one/zzz"),
            ("(?i)/xxx/", "/yyy/", "/aaa/XxX/bbb", "/aaa/yyy/bbb"), ("a*", "x", "baac", "xbxcx"), ("", "-", "é", "-é-"),
            ("a|ab", "x", "abab", "xbxb"), ("(a)|b", "[\\1]", "ab", "[a][]"), ("b", "\\\\", "abc", "a\\c"),
            ("b", "\\0\\0", "abc", "abbc"),
            ("a+?", "x", "aaa", "xxx"), ("$", "!", "ab", "ab!"), ("\\b", "|", "ab cd", "|ab| |cd|"),
        ]
    )
    func replaced(_ pattern: String, _ substitution: String, _ text: String, _ expected: String) throws {
        let expression = try RegularExpression(pattern)
        let replacement = try Substitution(substitution, for: expression)
        let result = expression.replacing(Array(text.utf8).span, with: replacement, limit: 1000)
        #expect(result.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test("Nothing is replaced where nothing matches, and a group that is not there is refused")
    func noReplacement() throws {
        let expression = try RegularExpression("x(y)")
        let substitution = try Substitution("\\1", for: expression)
        let result = expression.replacing(Array("abc".utf8).span, with: substitution, limit: 10)
        #expect(result == nil)
        #expect(throws: RegularExpressionError.self) { try Substitution("\\2", for: expression) }
        #expect(throws: RegularExpressionError.self) { try Substitution("a\\", for: expression) }
        #expect(throws: RegularExpressionError.self) { try Substitution("\\n", for: expression) }
    }

    @Test("Expressions that make other matchers hang take linear time")
    func linear() throws {
        let clock = ContinuousClock()
        let text = String(repeating: "a", count: 50_000) + "!"
        for pattern in ["(a+)+", "(a|aa)+", "(a*)*b", "(.*)(.*)(.*)(.*)[^!]"] {
            let expression = try RegularExpression(pattern)
            #expect(expression.isTabulated)
            let time = clock.measure { #expect(!expression.matchesWhole(text)) }
            #expect(time < .seconds(5), "\(pattern)")
        }
    }

    @Test("An expression whose table would be too large matches all the same")
    func fallback() throws {
        let expression = try RegularExpression("(a|b)*a(a|b){14}")
        #expect(!expression.isTabulated)
        #expect(expression.matchesWhole("bbabbbbbbbbbbbbbb"))
        #expect(!expression.matchesWhole("bbbbbbbbbbbbbbbbb"))
    }

    @Test("A part of a text is matched as if there were no more")
    func part() throws {
        let bytes = Array("xx/abc/yy".utf8)
        let found = try ["^/[a-c]+$", "\\b/\\w+\\b", "/\\w+\\b"].map { pattern in
            try RegularExpression(pattern).matches(bytes.span, 2..<6)
        }
        #expect(found == [true, false, true])
    }

    @Test("The table and the machine of many places say what the definition says")
    func definition() throws {
        var generator = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &generator)
        var random = SplitMix(state: seed)
        for _ in 0..<400 {
            let reference = ReferenceExpression.random(depth: 3, &random)
            let expression = try RegularExpression(reference.pattern)
            // A boundary at the start is always there or never, but keeps the table away.
            let slow = try RegularExpression("(?:\\b|\\B)(?:\(reference.pattern))")
            #expect(!slow.isTabulated)
            for _ in 0..<12 {
                let text = (0..<Int(random.next() % 7)).map { _ in ["a", "b", "é"][Int(random.next() % 3)] }
                let expected = reference.ends(in: text, from: 0).contains(text.count)
                let found = expression.matchesWhole(text.joined())
                #expect(found == expected, "\(reference.pattern) \(text) seed \(seed)")
                #expect(slow.matchesWhole(text.joined()) == found, "\(reference.pattern) \(text) seed \(seed)")
            }
        }
    }
}

/// An expression whose meaning is defined by the places where its matches may end.
indirect enum ReferenceExpression {
    case one(String, (String) -> Bool)
    case both(ReferenceExpression, ReferenceExpression)
    case either(ReferenceExpression, ReferenceExpression)
    case repeated(ReferenceExpression, least: Int, most: Int, String)

    static func random(depth: Int, _ random: inout SplitMix) -> ReferenceExpression {
        guard depth > 0 else {
            switch random.next() % 5 {
            case 0: return .one("a") { $0 == "a" }
            case 1: return .one("é") { $0 == "é" }
            case 2: return .one(".") { _ in true }
            case 3: return .one("[ab]") { $0 != "é" }
            default: return .one("[^a]") { $0 != "a" }
            }
        }
        let one = Self.random(depth: depth - 1, &random)
        switch random.next() % 7 {
        case 0: return .either(one, Self.random(depth: depth - 1, &random))
        case 1: return .repeated(one, least: 0, most: 9, "*")
        case 2: return .repeated(one, least: 0, most: 1, "?")
        case 3: return .repeated(one, least: 1, most: 2, "{1,2}")
        case 4: return .repeated(one, least: 1, most: 9, "+?")
        default: return .both(one, Self.random(depth: depth - 1, &random))
        }
    }

    var pattern: String {
        switch self {
        case .one(let text, _): text
        case .both(let one, let other): one.pattern + other.pattern
        case .either(let one, let other): "(\(one.pattern)|\(other.pattern))"
        case .repeated(let part, _, _, let sign): "(?:\(part.pattern))\(sign)"
        }
    }

    func ends(in text: [String], from start: Int) -> Set<Int> {
        switch self {
        case .one(_, let takes): start < text.count && takes(text[start]) ? [start + 1] : []
        case .both(let one, let other):
            Set(one.ends(in: text, from: start).flatMap { other.ends(in: text, from: $0) })
        case .either(let one, let other): one.ends(in: text, from: start).union(other.ends(in: text, from: start))
        case .repeated(let part, let least, let most, _):
            (1...most).reduce(into: (all: Set(least == 0 ? [start] : []), last: Set([start]))) { found, _ in
                found.last = Set(found.last.flatMap { part.ends(in: text, from: $0) })
                found.all.formUnion(found.last)
            }.all
        }
    }
}

/// A small generator that can be seeded.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}

extension RegularExpression {
    fileprivate func matchesWhole(_ text: String) -> Bool {
        matches(Array(text.utf8).span)
    }
}
