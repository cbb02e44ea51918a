extension FindingReport {
    /// The report as workflow commands of GitHub Actions, one line a finding, which become annotations of a change
    /// (GitHub Docs: "Workflow commands for GitHub Actions").
    public var github: String {
        findings.map { finding in
            var properties: [String] = []
            if !finding.file.isEmpty {
                properties = ["file=\(Self.property(finding.file))", "line=\(finding.line)", "col=\(finding.column)"]
            }
            properties.append("title=\(Self.property(finding.code))")
            let command = finding.severity == .note ? "notice" : finding.severity.rawValue
            return "::\(command) \(properties.joined(separator: ","))::\(Self.data(finding.advice))\n"
        }.joined()
    }

    /// What stands behind the second `::`.
    static func data(_ text: String) -> String {
        escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
    }

    /// The value of a property, which additionally may not end the property or the list of them.
    static func property(_ text: String) -> String {
        escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
    }

    private static func escaped(_ text: String, _ table: [Unicode.Scalar: String]) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let replacement = table[scalar] {
                result += replacement
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
