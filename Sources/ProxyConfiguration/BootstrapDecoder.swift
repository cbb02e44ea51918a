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
        let bootstrap = decoder.bootstrap(ConfigurationNode(value: document, pointer: JSONPointer()))
        guard decoder.diagnostics.isEmpty else {
            throw ConfigurationError(diagnostics: decoder.diagnostics, omitted: decoder.omitted)
        }
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

    private mutating func bootstrap(_ node: ConfigurationNode) -> Bootstrap {
        var result = Bootstrap(listeners: [], clusters: [])
        guard let message = message(node, .bootstrap) else { return result }
        if let node = message["node"] { readNode(node) }
        if let admin = message["admin"] { result.admin = self.admin(admin) }
        guard let resources = message["static_resources"] else {
            report(.missing, node.pointer, "static_resources is missing; it holds the listeners and clusters")
            return result
        }
        guard let resources = self.message(resources, .staticResources) else { return result }
        result.clusters = list(resources["clusters"]) { decoder, node in decoder.cluster(node) }
        let known = result.clusters.map(\.name)
        result.listeners = list(resources["listeners"]) { decoder, node in
            decoder.listener(node, clusters: known)
        }
        rejectDuplicates(result.clusters.map(\.name), "cluster", resources["clusters"])
        rejectDuplicates(result.listeners.map(\.name).filter { !$0.isEmpty }, "listener", resources["listeners"])
        return result
    }

    private mutating func readNode(_ node: ConfigurationNode) {
        guard let message = message(node, .node) else { return }
        if let id = message["id"] { _ = string(id) }
        if let cluster = message["cluster"] { _ = string(cluster) }
    }

    private mutating func admin(_ node: ConfigurationNode) -> NetworkAddress? {
        guard let message = message(node, .admin) else { return nil }
        if let path = message["access_log_path"], let text = string(path), text != "/dev/null" {
            report(.unsupported, path.pointer, "the admin port has no access log; remove the field or say /dev/null")
        }
        return message["address"].flatMap { address($0) }
    }

    private mutating func rejectDuplicates(_ names: [String], _ kind: String, _ node: ConfigurationNode?) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted {
            guard let node else { return }
            let twins = node.elements.filter { $0.value["name"]?.string == name }
            let pointer = (twins.last?.pointer ?? node.pointer).appending("name")
            report(.duplicate, pointer, "there is already a \(kind) \"\(name)\"; give each its own name")
        }
    }
}
