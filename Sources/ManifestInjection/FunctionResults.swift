import JSON

/// The `results` of a `ResourceList`: our reports in the words of KRM functions (KRM Functions Specification, `Result`).
enum FunctionResults {
    private static let pathKeys = ["internal.config.kubernetes.io/path", "config.kubernetes.io/path"]
    private static let indexKeys = ["internal.config.kubernetes.io/index", "config.kubernetes.io/index"]

    /// The change that adds results to a list, behind those that it has.
    static func operation(_ reports: [WorkloadReport], in list: JSONValue) -> JSONPatch {
        guard !reports.isEmpty else { return JSONPatch() }
        let results = reports.map { result($0, in: list) }
        guard list["results"]?.array != nil else {
            return JSONPatch([.add(path: JSONPointer(["results"]), value: .array(results))])
        }
        return JSONPatch(results.map { .add(path: JSONPointer(["results", "-"]), value: $0) })
    }

    private static func result(_ report: WorkloadReport, in list: JSONValue) -> JSONValue {
        var result: JSONObject = ["message": .string(report.message), "severity": .string(report.severity.rawValue)]
        guard report.subject != nil, let workload = list[report.workload] else { return .object(result) }
        var reference = JSONObject()
        for key in ["apiVersion", "kind"] {
            reference[key] = workload[key]
        }
        for key in ["name", "namespace"] {
            reference[key] = workload["metadata"]?[key]
        }
        result["resourceRef"] = .object(reference)
        let path = report.pod.tokens.dropFirst(report.workload.tokens.count).joined(separator: ".")
        if !path.isEmpty { result["field"] = ["path": .string(path)] }
        result["file"] = file(of: workload)
        if let code = report.code { result["tags"] = ["code": .string(code)] }
        return .object(result)
    }

    /// Where an item came from, as whoever calls functions notes in its annotations.
    private static func file(of workload: JSONValue) -> JSONValue? {
        let annotations = workload["metadata"]?["annotations"]
        guard let path = pathKeys.lazy.compactMap({ annotations?[$0]?.string }).first else { return nil }
        var file: JSONObject = ["path": .string(path)]
        if let index = indexKeys.lazy.compactMap({ annotations?[$0]?.string }).first.flatMap(Int.init) {
            file["index"] = .integer(index)
        }
        return .object(file)
    }
}
