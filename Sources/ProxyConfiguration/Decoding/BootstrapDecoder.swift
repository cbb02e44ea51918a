public import JSON

/// Reads Envoy's v3 bootstrap, in proto3's JSON mapping, into checked values.
///
/// What it does not know it refuses; nothing is ignored. All findings are collected before it gives up. Each message
/// has its own extension.
public struct BootstrapDecoder {
    let root: JSONValue
    let source: SourceNode?
    var diagnostics: [ConfigurationDiagnostic] = []
    var omitted = 0
    /// The names of all clusters, wrong ones too.
    var clusterNames: [String] = []

    private init(root: JSONValue, source: SourceNode?) {
        self.root = root
        self.source = source
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - document: The configuration as a tree.
    ///   - source: Where its parts stand in their text, for line and column.
    /// - Returns: The configuration.
    /// - Throws: ``ConfigurationError`` with everything that is wrong.
    public static func decode(
        _ document: JSONValue,
        source: SourceNode? = nil
    ) throws(ConfigurationError) -> Bootstrap {
        var decoder = BootstrapDecoder(root: document, source: source)
        var bootstrap = decoder.bootstrap(ConfigurationNode(value: document, pointer: JSONPointer()))
        guard decoder.diagnostics.isEmpty else {
            throw ConfigurationError(diagnostics: decoder.diagnostics, omitted: decoder.omitted)
        }
        bootstrap.document = JSONWriter.compact(Bootstrap.redacted(document))
        return bootstrap
    }

    /// Notes a finding at `pointer`.
    mutating func report(_ code: ConfigurationDiagnostic.Code, _ pointer: JSONPointer, _ reason: String) {
        guard diagnostics.count < ConfigurationError.limit else {
            omitted += 1
            return
        }
        let node = source?.nearest(to: pointer, in: root)
        let position = code == .unknownField || code == .unsupported ? node?.key ?? node?.start : node?.start
        diagnostics.append(
            ConfigurationDiagnostic(code: code, pointer: pointer, position: position, reason: reason)
        )
    }
}
