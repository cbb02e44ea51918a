import Inspection
import JSON
import Manifests

/// Live pods from files or standard input: JSON of any length, which is read piece by piece, or YAML.
enum PodInput {
    /// Calls `body` with each pod of the inputs.
    ///
    /// - Returns: How many objects were no pods.
    /// - Throws: A failure that names the input and the place.
    static func forEachPod(_ paths: [String], _ body: (JSONValue) throws -> Void) throws -> Int {
        var others = 0
        for path in paths {
            others += try read(path, body)
        }
        return others
    }

    private static func read(_ path: String, _ body: (JSONValue) throws -> Void) throws -> Int {
        var stream = PodStream()
        var isJSON: Bool?
        var yaml: [UInt8] = []
        do {
            try ChunkedInput.read(path) { chunk in
                isJSON = isJSON ?? looksLikeJSON(chunk)
                guard isJSON == false else { return try stream.feed(chunk, body) }
                yaml += chunk
                guard yaml.count <= ManifestLimits().fileBytes else {
                    throw CommandFailure("\(path) is YAML and too long; write the pods with kubectl get -o json")
                }
            }
            try stream.finish()
        } catch let error as PodStreamError {
            throw CommandFailure("\(path): near byte \(error.offset): \(error.reason)")
        }
        if isJSON == false {
            for document in try ManifestFile(yaml, name: path).documents where !document.value.isNull {
                try stream.take(document.value, body)
            }
        }
        return stream.otherObjects
    }

    /// Whether text begins as a JSON object does; nil as long as nothing but white space has come.
    private static func looksLikeJSON(_ chunk: [UInt8]) -> Bool? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = chunk.starts(with: mark) ? chunk.dropFirst(mark.count) : chunk[...]
        return text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.map { $0 == UInt8(ascii: "{") }
    }
}
