import JSON

extension FindingReport {
    /// The report as SARIF 2.1.0 (OASIS "Static Analysis Results Interchange Format"), which code hosts show beside
    /// the lines of a change.
    ///
    /// Paths become URI references (RFC 3986) relative to the folder the program was called in.
    public var sarif: String {
        let driver: JSONValue = [
            "name": .string(tool.name), "version": .string(tool.version), "rules": .array(usedRules.map(Self.rule)),
        ]
        let run: JSONValue = [
            "tool": ["driver": driver],
            // Columns count code points; the other choice that SARIF has is UTF-16 code units.
            "columnKind": "unicodeCodePoints",
            "results": .array(findings.map(result)),
        ]
        let log: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": .array([run]),
        ]
        return String(decoding: JSONWriter.pretty(log), as: UTF8.self) + "\n"
    }

    /// The rules that have a finding, each once, in the order in which they are declared.
    private var usedRules: [FindingRule] {
        let codes = Set(findings.map(\.code))
        return rules.filter { codes.contains($0.code) }
    }

    private static func rule(_ rule: FindingRule) -> JSONValue {
        [
            "id": .string(rule.code),
            "shortDescription": ["text": .string(rule.title)],
            "fullDescription": ["text": .string(rule.explanation)],
            "defaultConfiguration": ["level": .string(rule.severity.rawValue)],
        ]
    }

    private func result(_ finding: Finding) -> JSONValue {
        var result: JSONObject = [
            "ruleId": .string(finding.code), "level": .string(finding.severity.rawValue),
            "message": ["text": .string(finding.advice)],
        ]
        if let index = usedRules.firstIndex(where: { $0.code == finding.code }) {
            result["ruleIndex"] = .integer(index)
        }
        if !finding.file.isEmpty {
            var location: JSONObject = [
                "physicalLocation": [
                    "artifactLocation": ["uri": .string(URIReference.path(finding.file))],
                    "region": ["startLine": .integer(finding.line), "startColumn": .integer(finding.column)],
                ]
            ]
            if !finding.path.isEmpty {
                location["logicalLocations"] = [["fullyQualifiedName": .string(finding.path)]]
            }
            result["locations"] = .array([.object(location)])
        }
        return .object(result)
    }
}
