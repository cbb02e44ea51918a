import JSON

/// Reads a text of YAML or JSON documents into JSON trees with their places.
///
/// YAML is YAML 1.1 as libyaml reads it, converted to JSON as Kubernetes' tools do (sigs.k8s.io/yaml over go-yaml v2),
/// with three differences: a duplicate key and an unknown tag are errors, because they are always mistakes and would
/// otherwise pass in silence, and a number beyond 64 bits keeps its digits. Text that starts with `{` or `[` is read as one or
/// more JSON documents, and as YAML when it is not JSON.
public enum ManifestReader {
    /// Reads every document of a text.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text; a byte order mark at its start is skipped.
    ///   - file: The name for error messages and document places, `-` for standard input.
    ///   - limits: What the reading may cost.
    /// - Returns: The documents in order, empty ones (`---` alone) with a `null` value; none when the text has nothing
    ///   but white space and comments.
    /// - Throws: The first thing that is wrong, with its place.
    public static func documents(
        in bytes: [UInt8],
        file: String = "-",
        limits: ManifestLimits = ManifestLimits()
    ) throws(ManifestError) -> [ManifestDocument] {
        guard bytes.count <= limits.fileBytes else {
            let reason = "the file has \(bytes.count) bytes; the limit is \(limits.fileBytes): split it"
            throw ManifestError(code: .tooLarge, reason: reason, location: ManifestLocation(file: file))
        }
        guard !isWide(bytes) else {
            let reason = "the file is UTF-16 or UTF-32; save it as UTF-8"
            let start = SourcePosition(line: 1, column: 1, offset: 0)
            throw ManifestError(
                code: .encoding,
                reason: reason,
                location: ManifestLocation(file: file, position: start)
            )
        }
        let base = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard looksLikeJSON(bytes[base...]) else { return try yaml(bytes, base, file, limits) }
        do {
            var reader = JSONDocumentReader(bytes, base: base, file: file, limits: limits)
            return try reader.documents()
        } catch  where error.code == .syntax {
            return try yamlInstead(of: error, bytes, base, file, limits)
        }
    }

    private static func yaml(
        _ bytes: [UInt8],
        _ base: Int,
        _ file: String,
        _ limits: ManifestLimits
    ) throws(ManifestError) -> [ManifestDocument] {
        var composer = YAMLComposer(bytes, base: base, file: file, limits: limits)
        return try composer.documents()
    }

    /// Reads text as YAML that is not JSON.
    ///
    /// When it is neither, the JSON error is told if the text goes on as JSON behind its first bracket.
    private static func yamlInstead(
        of jsonError: ManifestError,
        _ bytes: [UInt8],
        _ base: Int,
        _ file: String,
        _ limits: ManifestLimits
    ) throws(ManifestError) -> [ManifestDocument] {
        do {
            return try yaml(bytes, base, file, limits)
        } catch {
            let opening = firstNonSpace(bytes, from: base)
            let second = firstNonSpace(bytes, from: min(opening + 1, bytes.count))
            guard error.code == .syntax, let place = jsonError.location.position, place.offset > second else {
                throw error
            }
            throw jsonError
        }
    }

    private static func looksLikeJSON(_ text: ArraySlice<UInt8>) -> Bool {
        let first = text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    }

    private static func firstNonSpace(_ bytes: [UInt8], from offset: Int) -> Int {
        bytes[offset...].firstIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? bytes.count
    }

    /// Whether the text is UTF-16 or UTF-32: by its byte order mark, or by a zero byte among its first two characters.
    private static func isWide(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) || bytes.prefix(4).contains(0)
    }
}
