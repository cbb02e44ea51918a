import Reports
import Testing

@Suite("Reports of tests")
struct TestReportTests {
    @Test("JUnit has an element for each outcome")
    func outcomes() {
        let cases = [
            TestReport.Case(name: "good", className: "k", milliseconds: 1_007, outcome: .passed()),
            TestReport.Case(
                name: "bad",
                className: "k",
                outcome: .failed(message: "differs", kind: "golden", details: "- a")
            ),
            TestReport.Case(name: "odd", className: "k", outcome: .broken(message: "no such file")),
            TestReport.Case(name: "left", className: "k", outcome: .skipped(reason: "later")),
        ]
        let report = TestReport(name: "t", suites: [TestReport.Suite(name: "s", cases: cases)])
        #expect(
            report.junit == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="t" tests="4" failures="1" errors="1" skipped="1" time="1.007">
                  <testsuite name="s" tests="4" failures="1" errors="1" skipped="1" time="1.007">
                    <testcase name="good" classname="k" time="1.007"/>
                    <testcase name="bad" classname="k">
                      <failure message="differs" type="golden">- a</failure>
                    </testcase>
                    <testcase name="odd" classname="k">
                      <error message="no such file"/>
                    </testcase>
                    <testcase name="left" classname="k">
                      <skipped message="later"/>
                    </testcase>
                  </testsuite>
                </testsuites>

                """
        )
    }
}
