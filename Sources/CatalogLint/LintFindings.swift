import JSON
import SidecarCatalog

/// Collects what the rules find: bounded, and without what annotations silence.
struct LintFindings {
    /// How many findings are kept.
    static let limit = Diagnostics.limit

    private(set) var kept: [LintFinding] = []
    private(set) var dropped = 0
    private(set) var suppressed = 0
    private(set) var worst: Diagnostic.Severity?
    /// What annotations silence, and which of it has silenced something.
    private(set) var suppressions: Suppressions

    private var known: Set<Place> = []
    /// How many of the kept findings are notes.
    private var notes = 0

    private struct Place: Hashable {
        let code: String
        let file: String
        let pointer: JSONPointer
    }

    /// Begins with what the loader found.
    init(_ loaded: Diagnostics, suppressions: Suppressions) {
        self.suppressions = suppressions
        for diagnostic in loaded {
            let finding = LintFinding(diagnostic)
            let isSilenced =
                finding.severity != .error
                && self.suppressions.silences(
                    finding.code,
                    in: self.suppressions.documents(at: finding.position, in: finding.file)
                )
            if isSilenced {
                suppressed += 1
            } else {
                keep(finding)
            }
        }
        dropped += loaded.dropped
        if loaded.hasErrors { worst = .error }
    }

    /// Whether a finding with this code is known for this place.
    func contains(_ code: String, in document: CatalogDocument, at pointer: JSONPointer) -> Bool {
        known.contains(Place(code: code, file: document.file, pointer: pointer))
    }

    /// Adds a finding, unless an annotation of a document that it is about silences it.
    ///
    /// - Parameters:
    ///   - page: The page of the code.
    ///   - severity: How much it matters, where that is not what the page says.
    ///   - message: What happened, to what; only made when the finding is kept.
    ///   - hint: What to do.
    ///   - document: The document it is in.
    ///   - pointer: The part it is about.
    ///   - isAboutName: Whether the place is the member's name instead of its value.
    ///   - others: Further documents whose annotations may silence it.
    mutating func add(
        _ page: CodePage,
        severity: Diagnostic.Severity? = nil,
        _ message: @autoclosure () -> String,
        hint: @autoclosure () -> String = "",
        in document: CatalogDocument,
        at pointer: JSONPointer,
        isAboutName: Bool = false,
        others: [CatalogDocument] = []
    ) {
        guard !suppressions.silences(page.code, in: [document] + others) else {
            suppressed += 1
            return
        }
        let severity = severity ?? page.severity
        worst = max(worst ?? severity, severity)
        guard hasRoom(for: severity) else {
            dropped += 1
            return
        }
        let node = document.source.nearest(to: pointer, in: document.value)
        keep(
            LintFinding(
                severity: severity,
                code: page.code,
                message: message(),
                hint: hint(),
                file: document.file,
                position: isAboutName ? node.key ?? node.start : node.start,
                pointer: pointer
            )
        )
    }

    /// Whether a finding can be kept; a note makes room for what matters more.
    private mutating func hasRoom(for severity: Diagnostic.Severity) -> Bool {
        guard kept.count >= Self.limit else { return true }
        guard severity > .note, notes > 0, let last = kept.lastIndex(where: { $0.severity == .note }) else {
            return false
        }
        kept.remove(at: last)
        notes -= 1
        dropped += 1
        return true
    }

    private mutating func keep(_ finding: LintFinding) {
        worst = max(worst ?? finding.severity, finding.severity)
        known.insert(Place(code: finding.code, file: finding.file, pointer: finding.pointer))
        if finding.severity == .note { notes += 1 }
        kept.append(finding)
    }
}
