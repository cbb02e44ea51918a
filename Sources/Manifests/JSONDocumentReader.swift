import JSON

/// Reads JSON documents that follow each other, with the place of every value.
///
/// The end of each document is found first, so that every byte is parsed once however many documents there are.
struct JSONDocumentReader {
    private let bytes: [UInt8]
    private let base: Int
    private let file: String
    private let limits: ManifestLimits
    private let index: TextIndex
    /// The values so far, and what the documents cost on top.
    private var nodes = 0

    /// Makes a reader of `bytes`, whose text starts at the byte `base`.
    init(_ bytes: [UInt8], base: Int, file: String, limits: ManifestLimits) {
        self.bytes = bytes
        self.base = base
        self.file = file
        self.limits = limits
        index = TextIndex(bytes, base: base)
    }

    /// Every document of the text.
    mutating func documents() throws(ManifestError) -> [ManifestDocument] {
        var documents: [ManifestDocument] = []
        var start = base
        while start < bytes.count {
            let first = skipWhitespace(from: start)
            guard first < bytes.count else { break }
            let end = endOfValue(from: first)
            let next = skipWhitespace(from: end)
            documents.append(try document(first..<end, whole: start..<next, index: documents.count))
            start = next
        }
        return documents
    }

    private mutating func document(
        _ text: Range<Int>,
        whole: Range<Int>,
        index number: Int
    ) throws(ManifestError) -> ManifestDocument {
        let result: JSONParser.Result
        do {
            result = try JSONParser.parseReporting(Array(bytes[text]), nestingLimit: limits.nesting)
        } catch {
            throw self.error(error, from: text.lowerBound)
        }
        var locator = JSONLocator(bytes, index: index, namesKeys: result.duplicateKeys > 0, limit: limits.nodes - nodes)
        guard let source = locator.locate(text) else { throw error(of: locator) }
        nodes += locator.count + ManifestLimits.nodesPerDocument
        return ManifestDocument(
            value: result.value,
            source: source,
            bytes: whole,
            format: .json,
            index: number,
            file: file
        )
    }

    private func error(of locator: JSONLocator) -> ManifestError {
        guard let duplicate = locator.duplicate else {
            let reason = "the file has more than \(limits.nodes) values; split it"
            return ManifestError(code: .tooManyNodes, reason: reason, location: ManifestLocation(file: file))
        }
        let earlier = "first on line \(duplicate.earlier.line) column \(duplicate.earlier.column)"
        return ManifestError(
            code: .duplicateKey,
            reason: "the key '\(duplicate.name.excerpt)' is given twice, \(earlier); remove one",
            location: ManifestLocation(file: file, position: duplicate.later)
        )
    }

    private func error(_ error: JSONError, from start: Int) -> ManifestError {
        let code: ManifestError.Code =
            switch error.code {
            case .tooDeep: .tooDeep
            case .invalidUTF8: .encoding
            default: .syntax
            }
        let position = index.position(ofOffset: min(start + error.offset, bytes.count))
        return ManifestError(
            code: code,
            reason: "not valid JSON: \(error.reason); correct the text at this place",
            location: ManifestLocation(file: file, position: position)
        )
    }

    private func skipWhitespace(from offset: Int) -> Int {
        bytes[offset...].firstIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? bytes.count
    }

    /// The byte after the value at `start`: after its closing bracket, or at the next white space for a scalar.
    private func endOfValue(from start: Int) -> Int {
        var (depth, isInString, isEscaped) = (0, false, false)
        for offset in start..<bytes.count {
            let byte = bytes[offset]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else {
                    isInString = byte != 0x22
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth <= 0 { return offset + 1 }
            case 0x20, 0x09, 0x0A, 0x0D:
                if depth == 0 { return offset }
            default: break
            }
        }
        return bytes.count
    }
}
