import JSON

/// Collects what is wrong with one document and knows where each part of it stands.
struct DocumentFindings {
    /// The document.
    let document: CatalogDocument
    /// What was found so far.
    private(set) var diagnostics = Diagnostics()

    init(_ document: CatalogDocument) {
        self.document = document
    }

    /// Adds a finding.
    ///
    /// - Parameters:
    ///   - severity: How much it matters.
    ///   - code: What it is.
    ///   - message: What happened, to what.
    ///   - hint: What to do.
    ///   - pointer: The part it is about; where that is missing, the deepest part that is there.
    ///   - isAboutName: Whether the place is the member's name instead of its value.
    mutating func add(
        _ severity: Diagnostic.Severity,
        _ code: DiagnosticCode,
        _ message: String,
        hint: String = "",
        at pointer: JSONPointer,
        isAboutName: Bool = false
    ) {
        let node = document.source.nearest(to: pointer, in: document.value)
        let position = isAboutName ? node.key ?? node.start : node.start
        diagnostics.append(
            Diagnostic(
                severity: severity,
                code: code,
                message: message,
                hint: hint,
                file: document.file,
                position: position,
                pointer: pointer
            )
        )
    }

    /// Adds an error about a value.
    mutating func error(_ code: DiagnosticCode, _ message: String, hint: String = "", at pointer: JSONPointer) {
        add(.error, code, message, hint: hint, at: pointer)
    }

    /// Adds an error about a member's name.
    mutating func nameError(_ code: DiagnosticCode, _ message: String, hint: String = "", at pointer: JSONPointer) {
        add(.error, code, message, hint: hint, at: pointer, isAboutName: true)
    }

    /// Adds a warning about a value.
    mutating func warning(_ code: DiagnosticCode, _ message: String, hint: String = "", at pointer: JSONPointer) {
        add(.warning, code, message, hint: hint, at: pointer)
    }

    /// Adds what a template compiler found.
    mutating func append(_ issues: [TemplateCompiler.Issue]) {
        for issue in issues {
            add(issue.isError ? .error : .warning, issue.code, issue.message, hint: issue.hint, at: issue.pointer)
        }
    }
}
