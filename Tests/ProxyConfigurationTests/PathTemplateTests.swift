import ProxyConfiguration
import RegularExpressions
import Testing

@Suite("Path templates")
struct PathTemplateTests {
    @Test(
        "A template matches whole paths",
        arguments: [
            ("/a/*", "/a/b", true), ("/a/*", "/a/", false), ("/a/*", "/a/b/c", false), ("/a/**", "/a/b/c", true),
            ("/a/**", "/a/", true), ("/**.mpd", "/x/y.mpd", true), ("/**.mpd", "/x/ympd", false),
            ("/{x}/y", "/1/y", true), ("/{x=a/*}/y", "/a/1/y", true), ("/{x=a/*}/y", "/b/1/y", false),
            ("/a.b+(c)", "/a.b+(c)", true), ("/a.b", "/axb", false), ("/", "/", true),
        ]
    )
    func matches(_ template: String, _ path: String, _ expected: Bool) throws {
        let expression = try RegularExpression(PathTemplate(template).expression)
        let bytes = Array(path.utf8)
        #expect(expression.matches(bytes.span, 0..<bytes.count) == expected)
    }

    @Test(
        "What is no template is told",
        arguments: [
            ("", "begins with /"), ("a", "begins with /"), ("/a b", "cannot stand"), ("/{a", "is not closed"),
            ("/{}", "is not a name"), ("/{1a}", "is not a name"), ("/{a}{a}", "twice"), ("/{a=}", "empty pattern"),
            ("/**/*", "may follow **"), ("/**/{a}", "may follow **"), ("/***", "***"), ("/\u{e9}", "cannot stand"),
            ("/{a}/{b}/{c}/{d}/{e}/{f}", "more than 5"), ("/{abcdefghijklmnopq}", "up to 16"),
        ]
    )
    func faults(_ template: String, _ reason: String) {
        #expect { try PathTemplate(template) } throws: { error in
            (error as? PathTemplate.Fault)?.reason.contains(reason) == true
        }
    }

    @Test("A rewrite puts the parts where their names stand")
    func rewrites() throws {
        let template = try PathTemplate("/{a}/{b=x/**}")
        #expect(try template.rewrite("/{b}/-/{a}").substitution == #"/\2/-/\1"#)
        #expect(throws: PathTemplate.Fault(reason: "the match has no part named c")) { try template.rewrite("/{c}") }
        #expect(throws: PathTemplate.Fault.self) { try template.rewrite("{a}") }
        #expect(throws: PathTemplate.Fault.self) { try template.rewrite(#"/\1"#) }
    }
}
