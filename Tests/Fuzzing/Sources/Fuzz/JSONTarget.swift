import JSON

/// The JSON parser and writer: what is accepted comes back equal, compact and pretty.
struct JSONTarget: FuzzTarget {
    static let name = "json"

    func run(_ input: [UInt8]) {
        guard let result = try? JSONParser.parseReporting(input) else { return }
        for text in [JSONWriter.compact(result.value), JSONWriter.pretty(result.value)] {
            let again = try? JSONParser.parseReporting(text)
            require(again?.value == result.value, "written, it reads differently")
            require(again?.duplicateKeys == 0, "written, it has duplicate keys")
        }
    }
}
