import Reports
import Testing

@Suite("UnifiedDiff")
struct UnifiedDiffTests {
    private func diff(_ old: String, _ new: String) -> String {
        UnifiedDiff.text(Array(old.utf8), Array(new.utf8), names: ("expected", "actual"))
    }

    @Test("the same text has no difference", arguments: ["", "a\n", "a\nb\nc\n"])
    func same(_ text: String) {
        #expect(diff(text, text) == "")
    }

    @Test("a change is told with three lines around it")
    func context() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n"
        #expect(
            diff(old, old.replacing("5\n", with: "five\n"))
                == "--- expected\n+++ actual\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
        )
    }

    @Test("changes that are far apart stand in hunks of their own")
    func hunks() {
        let lines = (1...30).map(String.init)
        var changed = lines
        changed[1] = "two"
        changed[27] = "twenty-eight"
        let text = diff(lines.joined(separator: "\n"), changed.joined(separator: "\n"))
        #expect(text.split(separator: "\n").count { $0.hasPrefix("@@") } == 2)
        #expect(text.contains("@@ -25,6 +25,6 @@\n 25\n 26\n 27\n-28\n+twenty-eight\n 29\n 30\n"))
    }

    @Test("lines that were added or removed are counted", arguments: [("a\n", "a\nb\n", "@@ -1,1 +1,2 @@\n a\n+b\n")])
    func counts(_ old: String, _ new: String, _ hunk: String) {
        #expect(diff(old, new).hasSuffix(hunk))
    }

    @Test("a text that is very long and wholly different is told in bounded memory")
    func long() {
        let old = (0..<5000).map { "old \($0)\n" }.joined()
        let new = (0..<5000).map { "new \($0)\n" }.joined()
        let lines = diff(old, new).split(separator: "\n")
        #expect(lines.count == 2 + 1 + 10_000)
    }

    @Test("a last line without a line break is another than one with it")
    func openEnd() {
        #expect(
            diff("a", "a\nb\n")
                == "--- expected\n+++ actual\n@@ -1,1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n"
        )
    }

    @Test("lines are compared byte by byte, Windows line ends included")
    func bytes() {
        #expect(diff("a\r\nb\r\n", "a\r\nc\r\n").hasSuffix(" a\r\n-b\r\n+c\r\n"))
        #expect(!diff("\u{E9}\n", "e\u{301}\n").isEmpty)
    }

    @Test("what is new starts behind line 0")
    func empty() {
        #expect(diff("", "a\n").hasSuffix("@@ -0,0 +1,1 @@\n+a\n"))
    }

    @Test("colours mark what goes and what comes")
    func colored() {
        let style = TextStyle(isColored: true)
        let text = UnifiedDiff.text(Array("a\n".utf8), Array("b\n".utf8), names: ("x", "y"), style: style)
        #expect(text.contains("\u{1B}[31m-a\u{1B}[0m\n\u{1B}[32m+b\u{1B}[0m\n"))
    }
}
