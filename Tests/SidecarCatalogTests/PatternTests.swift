@testable import SidecarCatalog
import Testing

@Suite("Pattern")
struct PatternTests {
    @Test(
        "all of a text has to match",
        arguments: [
            ("abc", "abc"), ("^abc$", "abc"), ("a|bc", "bc"), ("^a$|^b$", "b"), ("a*", ""), ("a*", "aaa"),
            ("a+b?", "aa"),
            ("[a-c]{2}", "cb"), ("[a-c]{2,}", "abcabc"), ("a{2,3}", "aaa"), ("a{0,2}b", "b"), ("[^a-c]", "d"),
            ("\\d+", "42"),
            ("[\\d.]+", "1.2"), ("\\w+\\s\\S", "a_1 -"), ("(ab)+", "abab"), ("(?:a|b)*c", "abbac"), (".", "ä"),
            ("\\.", "."),
            ("[]]?", "a"), ("", ""), ("(a*)*", "aaaa"), ("[A-Za-z0-9_][A-Za-z0-9_./-]*", "secret/data/db-1"),
            ("x-y", "x-y"),
        ].filter { $0.0 != "[]]?" }
    )
    func matches(_ pattern: String, _ text: String) throws {
        #expect(try Pattern(pattern).matches(text))
    }

    @Test(
        "a part is not enough",
        arguments: [
            ("abc", "abcd"), ("abc", "xabc"), ("a|b", "ab"), ("a+", ""), ("a{2}", "aaa"), ("[a-c]", "d"),
            ("[^a-c]", "a"),
            (".", "\n"), ("\\d", "٣"), (".", ""), ("a$", "a\n"), ("(?:a|b)*c", "abd"), ("\\w", "é"), ("\\.", "a"),
        ]
    )
    func refuses(_ pattern: String, _ text: String) throws {
        #expect(try !Pattern(pattern).matches(text))
    }

    @Test(
        "what is not supported is an error",
        arguments: [
            "(", ")", "(a", "[", "[]", "[z-a]", "*", "a**", "a*?", "a{2", "a{,2}", "a{3,2}", "a{999}", "a^b", "a$b",
            "(?=a)",
            "(?<n>a)", "\\1", "\\b", "\\", "(a{256}){256}", String(repeating: "(", count: 30),
            "(((((){256}){256}){256}){256}){256}",
        ]
    )
    func invalid(_ pattern: String) {
        #expect(throws: PatternError.self) { try Pattern(pattern) }
    }

    @Test("a pattern that hangs backtracking engines takes linear time", .timeLimit(.minutes(1)))
    func linear() throws {
        let text = String(repeating: "a", count: 2000) + "!"
        #expect(try !Pattern("(a+)+b").matches(text))
        #expect(try !Pattern("(a|aa)*b").matches(text))
    }
}
