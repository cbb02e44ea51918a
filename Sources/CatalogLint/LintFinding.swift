public import JSON
public import SidecarCatalog

/// Something that the loader or a rule has to say about a catalog.
public struct LintFinding: Sendable, Equatable {
    /// How much it matters.
    public let severity: Diagnostic.Severity
    /// The code, which has a page in ``LintCodes``.
    public let code: String
    /// What happened, to what.
    public let message: String
    /// What to do; empty when the message says it all.
    public let hint: String
    /// The file it is in.
    public let file: String
    /// Where in the file it starts.
    public let position: SourcePosition
    /// Where in the document it is.
    public let pointer: JSONPointer
}

extension LintFinding {
    /// Takes over what the loader found.
    init(_ diagnostic: Diagnostic) {
        self.init(
            severity: diagnostic.severity,
            code: diagnostic.code.rawValue,
            message: diagnostic.message,
            hint: diagnostic.hint,
            file: diagnostic.file,
            position: diagnostic.position,
            pointer: diagnostic.pointer
        )
    }
}
