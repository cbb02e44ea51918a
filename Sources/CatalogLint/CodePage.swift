public import SidecarCatalog

/// What people are told about one code: what it means, why it matters, an example of wrong and right.
///
/// A page stands beside the rule that gives its code, so that the terminal, the documentation and the tests say the
/// same: the tests lint both examples.
public struct CodePage: Sendable, Equatable {
    /// Where the lines of an example belong.
    public enum Place: String, Sendable {
        /// Fields of the `spec` of a `Catalog` that has the sidecars `shipper` and `proxy`.
        case policy
        /// Fields of the `spec` of a `Sidecar`.
        case sidecar
        /// Fields of one version of a `Sidecar`.
        case version
        /// Whole documents.
        case documents
    }

    /// The code.
    public let code: String
    /// The severity that findings of the code usually have.
    public let severity: Diagnostic.Severity
    /// What such a finding is, in a few words.
    public let title: String
    /// Why it matters, and what to do.
    public let explanation: String
    /// Where the examples belong.
    public let place: Place
    /// YAML that gives the finding.
    public let wrong: String
    /// YAML that does not.
    public let right: String

    /// Makes a page for a code of lint's own.
    init(
        _ code: String,
        _ severity: Diagnostic.Severity,
        _ title: String,
        _ explanation: String,
        in place: Place,
        wrong: String,
        right: String
    ) {
        self.code = code
        self.severity = severity
        self.title = title
        self.explanation = explanation
        self.place = place
        self.wrong = wrong
        self.right = right
    }

    /// Makes a page for a code of the loader.
    init(
        _ code: DiagnosticCode,
        _ severity: Diagnostic.Severity,
        _ title: String,
        _ explanation: String,
        in place: Place,
        wrong: String,
        right: String
    ) {
        self.init(code.rawValue, severity, title, explanation, in: place, wrong: wrong, right: right)
    }
}
