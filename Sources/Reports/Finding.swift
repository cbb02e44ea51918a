/// Something that a command has to say about one place of a file.
public struct Finding: Sendable, Equatable {
    /// How much a finding matters.
    public enum Severity: String, Sendable, CaseIterable {
        /// It has to be mended.
        case error
        /// Probably not what was meant.
        case warning
        /// Worth knowing; nothing is wrong.
        case note
    }

    /// How much it matters.
    public let severity: Severity
    /// What it is, in a form that does not change between releases.
    public let code: String
    /// What happened, to what; one line.
    public let message: String
    /// What to do; empty when the message says it all.
    public let hint: String
    /// The file as it was named by the caller; empty when the finding belongs to none.
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// The column in Unicode code points, counted from 1.
    public let column: Int
    /// Where in the document it is, as a JSON pointer (RFC 6901); empty for the document itself.
    public let path: String

    /// Makes a finding.
    public init(
        severity: Severity,
        code: String,
        message: String,
        hint: String = "",
        file: String,
        line: Int,
        column: Int,
        path: String = ""
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.hint = hint
        self.file = file
        self.line = max(1, line)
        self.column = max(1, column)
        self.path = path
    }

    /// The message with what to do behind it.
    public var advice: String {
        hint.isEmpty ? message : "\(message); \(hint)"
    }
}
