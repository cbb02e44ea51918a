public import JSON

/// Something found in a catalog: what happened, where, and what to do about it.
public struct Diagnostic: Sendable, Equatable {
    /// How much a finding matters.
    public enum Severity: String, Sendable, Comparable {
        /// Worth knowing; nothing is wrong.
        case note
        /// Probably not what was meant; the catalog loads.
        case warning
        /// The catalog does not load.
        case error

        /// Whether `left` matters less than `right`.
        public static func < (left: Severity, right: Severity) -> Bool {
            left.rank < right.rank
        }

        private var rank: Int {
            switch self {
            case .note: 0
            case .warning: 1
            case .error: 2
            }
        }
    }

    /// How much it matters.
    public let severity: Severity
    /// What it is, in a form that does not change between releases.
    public let code: DiagnosticCode
    /// What happened, to what.
    public let message: String
    /// What is allowed, the nearest name, or what to do; empty when the message says it all.
    public let hint: String
    /// The file it is in.
    public let file: String
    /// Where in the file it starts.
    public let position: SourcePosition
    /// Where in the document it is.
    public let pointer: JSONPointer

    /// Makes a finding.
    public init(
        severity: Severity,
        code: DiagnosticCode,
        message: String,
        hint: String = "",
        file: String,
        position: SourcePosition,
        pointer: JSONPointer
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.hint = hint
        self.file = file
        self.position = position
        self.pointer = pointer
    }
}

extension Diagnostic: CustomStringConvertible {
    /// One line as compilers write it: `catalog.yaml:12:7: error: what happened; what to do (code)`.
    public var description: String {
        let advice = hint.isEmpty ? "" : "; \(hint)"
        return "\(file):\(position): \(severity.rawValue): \(message)\(advice) (\(code.rawValue))"
    }
}
