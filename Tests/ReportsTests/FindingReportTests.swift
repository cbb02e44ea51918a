import Foundation
import FoundationXML
import JSON
import Reports
import Testing

@Suite("Reports of findings")
struct FindingReportTests {
    static let finding = Finding(
        severity: .warning,
        code: "latest-tag",
        message: "the image 'a:latest' moves",
        hint: "pin it: 100%, or, at least, a tag",
        file: "catalog/log shipper.yaml",
        line: 2,
        column: 3,
        path: "/spec/image"
    )
    static let rule = FindingRule(
        code: "latest-tag",
        severity: .warning,
        title: "A tag that moves",
        explanation: "Pin it."
    )

    private func report(_ findings: [Finding] = [finding], dropped: Int = 0) -> FindingReport {
        FindingReport(
            tool: ReportingTool(name: "pillion lint", version: "1.2.3"),
            rules: [Self.rule, FindingRule(code: "unused", severity: .note, title: "", explanation: "")],
            findings: findings,
            dropped: dropped
        )
    }

    private func finding(_ severity: Finding.Severity, message: String = "m", file: String = "f") -> Finding {
        Finding(severity: severity, code: "c", message: message, file: file, line: 1, column: 1)
    }

    @Test("text has the place, the line with a caret, and the advice")
    func text() {
        let source = SourceText(Array("a: 1\n  image: a:latest\n".utf8))
        #expect(
            report().text(sources: ["catalog/log shipper.yaml": source]) == """
                catalog/log shipper.yaml:2:3: warning: the image 'a:latest' moves (latest-tag)
                  2 |   image: a:latest
                    |   ^
                    help: pin it: 100%, or, at least, a tag

                """
        )
    }

    @Test("colours appear only when asked for")
    func colors() {
        #expect(!report().text().utf8.contains(0x1B))
        #expect(report().text(style: TextStyle(isColored: true)).contains("\u{1B}[1;33mwarning:\u{1B}[0m"))
    }

    @Test("an excerpt shows no character that a terminal would act on")
    func hostileExcerpt() {
        let source = SourceText(Array("x\n\t\u{1B}[2J\u{202E}evil\r\n".utf8))
        let text = report().text(sources: ["catalog/log shipper.yaml": source])
        #expect(text.contains("  2 |  \u{FFFD}[2J\u{FFFD}evil\n"))
    }

    @Test("a line that the file does not have is left out")
    func missingLine() {
        #expect(!report().text(sources: ["catalog/log shipper.yaml": SourceText([])]).contains("|"))
    }

    @Test("GitHub commands escape what would end them")
    func github() {
        #expect(
            report().github
                == "::warning file=catalog/log shipper.yaml,line=2,col=3,title=latest-tag::the image 'a:latest' moves; "
                + "pin it: 100%25, or, at least, a tag\n"
        )
        let hostile = Finding(
            severity: .note,
            code: "c",
            message: "a\n::error::b\r",
            file: "a,b:c%",
            line: 0,
            column: 0
        )
        #expect(
            report([hostile]).github == "::notice file=a%2Cb%3Ac%25,line=1,col=1,title=c::a%0A::error::b%0D\n"
        )
    }

    @Test("JSON has one object a finding")
    func json() throws {
        let value = try JSONParser.parse(Array(report().json.utf8))
        #expect(value[0]?["line"] == 2)
        #expect(value[0]?["code"] == "latest-tag")
        #expect(value[0]?["path"] == "/spec/image")
    }

    @Test("SARIF refers to the rules that were found, and encodes file names")
    func sarif() throws {
        let run = try #require(try JSONParser.parse(Array(report().sarif.utf8))["runs"]?[0])
        #expect(run["tool"]?["driver"]?["rules"]?.array?.count == 1)
        let result = try #require(run["results"]?[0])
        #expect(result["ruleIndex"] == 0)
        #expect(result["level"] == "warning")
        let place = try #require(result["locations"]?[0]?["physicalLocation"])
        #expect(place["artifactLocation"]?["uri"] == "catalog/log%20shipper.yaml")
        #expect(place["region"]?["startColumn"] == 3)
    }

    @Test(
        "SARIF paths are URI references",
        arguments: [("./a.yaml", "a.yaml"), ("/x/ä", "file:///x/%C3%A4"), ("a:b", "a%3Ab")]
    )
    func uris(path: String, uri: String) throws {
        let run = try #require(
            try JSONParser.parse(Array(report([finding(.error, file: path)]).sarif.utf8))["runs"]?[0]
        )
        let place = run["results"]?[0]?["locations"]?[0]?["physicalLocation"]
        #expect(place?["artifactLocation"]?["uri"] == .string(uri))
    }

    @Test("JUnit counts failures, and notes are no failures")
    func junit() {
        let xml = report([finding(.error), finding(.note), finding(.warning, file: "g")]).junit
        #expect(xml.contains("<testsuites name=\"pillion lint\" tests=\"3\" failures=\"2\" errors=\"0\""))
        #expect(xml.contains("<testsuite name=\"g\" tests=\"1\" failures=\"1\""))
    }

    @Test("a run without findings has a case that passed")
    func emptyJUnit() {
        #expect(report([]).junit.contains("<testcase name=\"no findings\" classname=\"pillion lint\"/>"))
    }

    @Test("JUnit stays well-formed whatever a message holds")
    func hostileJUnit() {
        let xml = report([finding(.error, message: "<a b=\"c\">&\u{0}\u{1B}]]>\n", file: "\u{FFFE}")]).junit
        let parser = XMLParser(data: Data(xml.utf8))
        #expect(parser.parse(), "\(xml)")
    }

    @Test("the summary counts, and says what was left out")
    func summary() {
        #expect(report([finding(.error)], dropped: 7).summary == "1 error, 0 warnings, 0 notes and 7 more findings")
    }
}
