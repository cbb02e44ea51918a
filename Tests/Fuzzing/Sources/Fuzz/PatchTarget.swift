import JSON

/// A document and a JSON patch for it, as an array of the two.
struct PatchTarget: FuzzTarget {
    static let name = "patch"

    func run(_ input: [UInt8]) {
        guard let pair = try? JSONParser.parse(input).array, pair.count == 2 else { return }
        guard let patch = try? JSONPatch(json: pair[1]), let result = try? patch.applied(to: pair[0]) else { return }
        let text = JSONWriter.compact(result)
        require((try? JSONParser.parse(text)) == result, "the patched document reads differently")
        // Below another pointer the same patch does the same.
        let wrapped = try? patch.moved(below: JSONPointer(["a/b~"])).applied(to: ["a/b~": pair[0]])
        require(wrapped?["a/b~"] == result, "moved below a pointer it does something else")
    }
}
