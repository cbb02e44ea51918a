import Inspection
import JSON
import Manifests

/// Objects from files, folders or standard input: JSON of any length, which is read piece by piece, or YAML.
enum ObjectInput {
    /// Calls `body` with each object of the inputs and its place; a line on a terminal says how far it is.
    ///
    /// - Throws: A failure that names the input and the place.
    static func forEach(_ paths: [String], _ body: (ObjectStream.Item, String) throws -> Void) throws {
        var progress = ProgressLine(total: nil, "objects read")
        defer { progress.clear() }
        for path in try ManifestSource(paths).names() {
            try read(path, &progress, body)
        }
    }

    private static func read(
        _ path: String,
        _ progress: inout ProgressLine,
        _ body: (ObjectStream.Item, String) throws -> Void
    ) throws {
        var stream = ObjectStream()
        var isJSON: Bool?
        var yaml: [UInt8] = []
        do {
            try ChunkedInput.read(path) { chunk in
                isJSON = isJSON ?? looksLikeJSON(chunk)
                guard isJSON == false else {
                    let place = "\(path): near byte \(stream.byteCount)"
                    return try stream.feed(chunk) { item in
                        progress.step()
                        try body(item, place)
                    }
                }
                yaml += chunk
                guard yaml.count <= ManifestLimits().fileBytes else {
                    throw CommandFailure("\(path) is YAML and too long; write the objects with kubectl get -o json")
                }
            }
            try stream.finish()
        } catch let error as ObjectStreamError {
            throw CommandFailure("\(path): byte \(error.offset): \(error.reason)")
        }
        guard isJSON == false else { return }
        for document in try ManifestFile(yaml, name: path).documents where !document.value.isNull {
            try ObjectStream.take(document.value) { item in
                progress.step()
                try body(item, document.location(of: JSONPointer()).description)
            }
        }
    }

    /// Whether text begins as a JSON object does; nil as long as nothing but white space has come.
    private static func looksLikeJSON(_ chunk: [UInt8]) -> Bool? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = chunk.starts(with: mark) ? chunk.dropFirst(mark.count) : chunk[...]
        return text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }.map { $0 == UInt8(ascii: "{") }
    }
}
