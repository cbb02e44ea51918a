extension FindingReport {
    /// The report for people: a line as compilers write it, the line of the file with a caret, and what to do.
    ///
    /// - Parameters:
    ///   - sources: The texts of the files, by the names that the findings have.
    ///   - style: Whether colours are used.
    /// - Returns: The text; empty without findings.
    public func text(sources: [String: SourceText] = [:], style: TextStyle = TextStyle(isColored: false)) -> String {
        findings.map { finding in
            let severity = style.marked("\(finding.severity.rawValue):", finding.severity.mark)
            let place = style.marked("\(finding.file):\(finding.line):\(finding.column):", .strong)
            var lines = ["\(place) \(severity) \(finding.message) \(style.marked("(\(finding.code))", .faint))"]
            if let source = sources[finding.file] { lines += Self.excerpt(finding, source, style) }
            if !finding.hint.isEmpty { lines.append("    \(style.marked("help:", .note)) \(finding.hint)") }
            return lines.joined(separator: "\n") + "\n"
        }.joined()
    }

    /// The line a finding is in, with its number, and a caret under the place.
    private static func excerpt(_ finding: Finding, _ source: SourceText, _ style: TextStyle) -> [String] {
        guard let line = source.line(finding.line) else { return [] }
        let number = "\(finding.line)"
        let gutter = String(repeating: " ", count: number.count)
        var text = String.UnicodeScalarView()
        text.append(contentsOf: line)
        var lines = ["  \(style.marked("\(number) |", .faint)) \(String(text))"]
        guard finding.column <= line.count + 1 else { return lines }
        let indent = String(repeating: " ", count: finding.column - 1)
        lines.append("  \(style.marked("\(gutter) |", .faint)) \(indent)\(style.marked("^", finding.severity.mark))")
        return lines
    }
}
