public import JSON

/// One thing that is wrong with a configuration.
public struct ConfigurationDiagnostic: Sendable, Equatable {
    /// The kinds of faults.
    public enum Code: String, Sendable {
        /// A field that Envoy does not have either.
        case unknownField
        /// A field or type that Envoy has and this version does not know.
        case unsupported
        /// A value of the wrong type.
        case wrongType
        /// A value that is not allowed.
        case invalidValue
        /// A field that must be there.
        case missing
        /// A name that is used twice.
        case duplicate
        /// A name that refers to nothing.
        case unresolved
    }

    /// The kind of fault.
    public let code: Code
    /// The field, as RFC 6901 points to it.
    public let pointer: JSONPointer
    /// Line and column, where the document's text is known.
    public let position: SourcePosition?
    /// What is wrong and what is right.
    public let reason: String

    /// The field in the notation of Envoy's documentation: `static_resources.listeners[0].name`.
    public var path: String {
        var path = ""
        for token in pointer.tokens {
            if let index = Int(token) {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? token : ".\(token)"
            }
        }
        return path.isEmpty ? "(document)" : path
    }

    /// `file:line:column: path: reason`.
    public func description(file: String) -> String {
        guard let position else { return "\(file): \(path): \(reason)" }
        return "\(file):\(position): \(path): \(reason)"
    }
}
