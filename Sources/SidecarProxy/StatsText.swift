/// Turns metrics from Prometheus' text format into the lines of Envoy's `/stats`.
///
/// | Prometheus | here |
/// |---|---|
/// | `envoy_cluster_upstream_rq_total{envoy_cluster_name="app"} 5` | `cluster.app.upstream_rq_total: 5` |
/// | `envoy_cluster_upstream_rq_xx{envoy_cluster_name="app",envoy_response_code_class="2"} 5` | `cluster.app.upstream_rq_2xx: 5` |
/// | `envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="in"} 5` | `http.in.downstream_rq_total: 5` |
/// | `envoy_server_live 1` | `server.live: 1` |
enum StatsText {
    /// The lines, sorted.
    ///
    /// - Parameters:
    ///   - exposition: The metrics.
    ///   - filter: What a line must contain; empty for all.
    ///   - usedOnly: Whether those that are 0 are left out.
    /// - Returns: A line for each sample.
    static func lines(_ exposition: [UInt8], filter: String, usedOnly: Bool) -> String {
        var result: [String] = []
        for line in exposition.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            guard let space = line.lastIndex(of: UInt8(ascii: " ")) else { continue }
            let value = String(decoding: line[line.index(after: space)...], as: UTF8.self)
            guard !usedOnly || value != "0" else { continue }
            let name = rename(String(decoding: line[..<space], as: UTF8.self))
            guard filter.isEmpty || contains(name, filter) else { continue }
            result.append("\(name): \(value)\n")
        }
        return result.sorted().joined()
    }

    private static func rename(_ sample: String) -> String {
        guard let brace = sample.firstIndex(of: "{") else {
            return sample.hasPrefix("envoy_server_") ? "server." + sample.dropFirst(13) : sample
        }
        var name = String(sample[..<brace])
        let labels = sample[brace...].split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
        let owner = labels.count > 1 ? labels[1] : ""
        if labels.count > 3, labels[2].hasSuffix("envoy_response_code_class="), name.hasSuffix("_xx") {
            name = name.dropLast(2) + labels[3] + "xx"
        }
        if name.hasPrefix("envoy_cluster_") { return "cluster.\(owner).\(name.dropFirst(14))" }
        if name.hasPrefix("envoy_http_") { return "http.\(owner).\(name.dropFirst(11))" }
        return sample
    }

    private static func contains(_ text: String, _ part: String) -> Bool {
        let bytes = Array(text.utf8)
        let wanted = Array(part.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...bytes.count - wanted.count).contains { bytes[$0..<$0 + wanted.count].elementsEqual(wanted) }
    }
}
