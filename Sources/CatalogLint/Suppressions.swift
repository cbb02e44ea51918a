import JSON
import SidecarCatalog

/// What annotations of the catalog's documents silence: `lint.pillion.dev/ignore`, a line `CODE: reason` a code.
struct Suppressions {
    /// The annotation.
    static let annotation = "lint.pillion.dev/ignore"
    /// Where it stands in a document.
    static let pointer = JSONPointer(["metadata", "annotations", annotation])

    /// One line of an annotation.
    private struct Entry {
        let code: String
        var isUsed = false
    }

    /// A document, by its place.
    private struct Key: Hashable {
        let file: String
        let offset: Int

        init(_ document: CatalogDocument) {
            file = document.file
            offset = document.source.start.offset
        }
    }

    private var entries: [Key: [Entry]] = [:]
    private let documents: [CatalogDocument]
    private var problems: [(document: CatalogDocument, message: String, hint: String)] = []

    /// Reads the annotations of all documents.
    init(_ documents: [CatalogDocument]) {
        self.documents = documents
        for document in documents {
            guard let text = document.value["metadata"]?["annotations"]?[Self.annotation]?.string else { continue }
            for line in text.split(separator: "\n") {
                read(line, in: document)
            }
        }
    }

    /// The document that a place lies in, since findings of the loader name none.
    ///
    /// Empty when nothing is silenced at all.
    func documents(at position: SourcePosition, in file: String) -> [CatalogDocument] {
        guard !entries.isEmpty else { return [] }
        let before = documents.filter { $0.file == file && $0.source.start.offset <= position.offset }
        return before.max { $0.source.start.offset < $1.source.start.offset }.map { [$0] } ?? []
    }

    /// Whether an annotation of one of `documents` names `code`; it then counts as used.
    mutating func silences(_ code: String, in documents: [CatalogDocument]) -> Bool {
        guard !entries.isEmpty else { return false }
        for document in documents {
            let key = Key(document)
            guard let index = entries[key]?.firstIndex(where: { $0.code == code }) else { continue }
            entries[key]?[index].isUsed = true
            return true
        }
        return false
    }

    /// Reports lines that silence nothing.
    func report(_ findings: inout LintFindings) {
        for problem in problems {
            findings.add(
                Self.invalid,
                problem.message,
                hint: problem.hint,
                in: problem.document,
                at: Self.pointer
            )
        }
        for document in documents {
            for entry in entries[Key(document)] ?? [] where !entry.isUsed {
                findings.add(
                    Self.unused,
                    "the annotation silences '\(entry.code)', which was not found here",
                    hint: "remove the line",
                    in: document,
                    at: Self.pointer
                )
            }
        }
    }

    private mutating func read(_ line: Substring, in document: CatalogDocument) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(Self.trimmed)
        guard let code = parts.first, !code.isEmpty else { return }
        guard LintCodes.page(of: code) != nil, code != Self.invalid.code, code != Self.unused.code else {
            let nearest = NearestName.nearest(to: code, among: LintCodes.pages.map(\.code))
            let hint = nearest.map { "did you mean '\($0)'?" } ?? "'pillion lint --list' shows all codes"
            problems.append((document, "there is no code '\(Excerpt.cut(code))' to silence", hint))
            return
        }
        guard parts.count == 2, let reason = parts.last, !reason.isEmpty else {
            problems.append((document, "'\(code)' is silenced without a reason", "write '\(code): why'"))
            return
        }
        entries[Key(document), default: []].append(Entry(code: code))
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        var text = text.drop(while: isSpace)
        while let last = text.last, isSpace(last) {
            text = text.dropLast()
        }
        return String(text)
    }
}
