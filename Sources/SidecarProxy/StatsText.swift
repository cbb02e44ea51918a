import JSON
import RegularExpressions

/// Turns metrics from Prometheus' text format into the lines of Envoy's `/stats`.
///
/// | Prometheus | here |
/// |---|---|
/// | `envoy_cluster_upstream_rq_total{envoy_cluster_name="app"} 5` | `cluster.app.upstream_rq_total: 5` |
/// | `envoy_cluster_upstream_rq_xx{envoy_cluster_name="app",envoy_response_code_class="2"} 5` | `cluster.app.upstream_rq_2xx: 5` |
/// | `envoy_cluster_health_check_attempt{envoy_cluster_name="app"} 5` | `cluster.app.health_check.attempt: 5` |
/// | `envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="in"} 5` | `http.in.downstream_rq_total: 5` |
/// | `envoy_http2_keepalive_timeout{envoy_http_conn_manager_prefix="in"} 5` | `http.in.http2.keepalive_timeout: 5` |
/// | `envoy_server_live 1` | `server.live: 1` |
struct StatsText {
    private let samples: [(name: String, value: String)]

    /// Takes an exposition apart.
    ///
    /// - Parameters:
    ///   - exposition: The metrics.
    ///   - filter: What must match somewhere in a name; empty for all.
    ///   - usedOnly: Whether those that are 0 are left out.
    /// - Throws: What is wrong with the filter.
    init(_ exposition: [UInt8], filter: String, usedOnly: Bool) throws(RegularExpressionError) {
        let expression = filter.isEmpty ? nil : try RegularExpression(".*(?:\(filter)).*")
        var found: [(name: String, value: String)] = []
        for line in exposition.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
            guard let space = line.lastIndex(of: UInt8(ascii: " ")) else { continue }
            let value = String(decoding: line[line.index(after: space)...], as: UTF8.self)
            guard !usedOnly || value != "0" else { continue }
            let name = Self.rename(String(decoding: line[..<space], as: UTF8.self))
            if let expression, !expression.matches(name.utf8.span) { continue }
            found.append((name, value))
        }
        samples = found.sorted { $0.name < $1.name }
    }

    /// A line for each sample, sorted.
    var lines: String { samples.map { "\($0.name): \($0.value)\n" }.joined() }

    /// `{"stats": [{"name": "server.live", "value": 1}]}`.
    var json: JSONValue {
        let values = samples.map { sample -> JSONValue in
            ["name": .string(sample.name), "value": Self.number(sample.value)]
        }
        return ["stats": .array(values)]
    }

    private static func number(_ text: String) -> JSONValue {
        guard let value = try? JSONParser.parse(Array(text.utf8)), value.number != nil else { return .string(text) }
        return value
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
        if name.hasPrefix("envoy_cluster_") {
            var figure = name.dropFirst(14)
            for group in ["health_check", "outlier_detection", "http2"] where figure.hasPrefix("\(group)_") {
                figure = "\(group).\(figure.dropFirst(group.utf8.count + 1))"
            }
            return "cluster.\(owner).\(figure)"
        }
        if name.hasPrefix("envoy_http2_") { return "http.\(owner).http2.\(name.dropFirst(12))" }
        if name.hasPrefix("envoy_http_") { return "http.\(owner).\(name.dropFirst(11))" }
        return sample
    }
}
