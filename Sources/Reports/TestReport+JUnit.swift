extension TestReport {
    /// The report as JUnit XML, in the elements and attributes that continuous integration systems agree on.
    public var junit: String {
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        xml += "<testsuites name=\(XMLText.attribute(name))\(Self.counts(suites.flatMap(\.cases)))>\n"
        for suite in suites {
            xml += "  <testsuite name=\(XMLText.attribute(suite.name))\(Self.counts(suite.cases))>\n"
            for entry in suite.cases {
                xml += Self.element(entry)
            }
            xml += "  </testsuite>\n"
        }
        return xml + "</testsuites>\n"
    }

    private static func counts(_ cases: [Case]) -> String {
        var (failures, errors, skipped, milliseconds) = (0, 0, 0, 0)
        for entry in cases {
            milliseconds += entry.milliseconds ?? 0
            switch entry.outcome {
            case .passed: break
            case .failed: failures += 1
            case .broken: errors += 1
            case .skipped: skipped += 1
            }
        }
        return " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
            + " time=\"\(seconds(milliseconds))\""
    }

    private static func element(_ entry: Case) -> String {
        var head = "    <testcase name=\(XMLText.attribute(entry.name)) classname=\(XMLText.attribute(entry.className))"
        if let milliseconds = entry.milliseconds { head += " time=\"\(seconds(milliseconds))\"" }
        let body: String
        switch entry.outcome {
        case .passed(let note):
            guard !note.isEmpty else { return head + "/>\n" }
            body = "<system-out>\(XMLText.content(note))</system-out>"
        case .failed(let message, let kind, let details):
            body =
                "<failure message=\(XMLText.attribute(message)) type=\(XMLText.attribute(kind))>"
                + "\(XMLText.content(details))</failure>"
        case .broken(let message):
            body = "<error message=\(XMLText.attribute(message))/>"
        case .skipped(let reason):
            body = "<skipped message=\(XMLText.attribute(reason))/>"
        }
        return "\(head)>\n      \(body)\n    </testcase>\n"
    }

    private static func seconds(_ milliseconds: Int) -> String {
        let fraction = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction)"
    }
}
