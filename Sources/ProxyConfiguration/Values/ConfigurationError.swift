/// Everything that is wrong with a configuration.
public struct ConfigurationError: Error, Equatable {
    /// The findings in the order of the document, at most ``limit``.
    public let diagnostics: [ConfigurationDiagnostic]
    /// How many further findings are not listed.
    public let omitted: Int

    /// The most findings that are listed.
    public static let limit = 100

    /// Makes an error.
    public init(diagnostics: [ConfigurationDiagnostic], omitted: Int = 0) {
        self.diagnostics = diagnostics
        self.omitted = omitted
    }
}
