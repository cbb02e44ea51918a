import JSON
import RegularExpressions
import Testing

@testable import SidecarProxy

@Suite("The lines of /stats")
struct StatsTextTests {
    private static let exposition = """
        # HELP envoy_cluster_upstream_rq_total Requests.
        envoy_cluster_upstream_rq_total{envoy_cluster_name="app"} 5
        envoy_cluster_upstream_rq_xx{envoy_cluster_name="app",envoy_response_code_class="2"} 4
        envoy_cluster_health_check_attempt{envoy_cluster_name="app"} 3
        envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="in"} 0
        envoy_http2_keepalive_timeout{envoy_http_conn_manager_prefix="in"} 0
        envoy_cluster_http2_keepalive_timeout{envoy_cluster_name="app"} 1
        envoy_server_live 1

        """

    @Test("Metrics get the names that Envoy's page has")
    func names() throws {
        let expected = """
            cluster.app.health_check.attempt: 3
            cluster.app.http2.keepalive_timeout: 1
            cluster.app.upstream_rq_2xx: 4
            cluster.app.upstream_rq_total: 5
            http.in.downstream_rq_total: 0
            http.in.http2.keepalive_timeout: 0
            server.live: 1

            """
        #expect(try text(filter: "", usedOnly: false).lines == expected)
    }

    @Test(
        "A filter is an expression that matches somewhere; with usedonly what is 0 is left out",
        arguments: [
            ("rq_total", true, "cluster.app.upstream_rq_total: 5\n"), ("nothing", false, ""),
            ("^server", false, "server.live: 1\n"),
            ("2xx$|\\.live", false, "cluster.app.upstream_rq_2xx: 4\nserver.live: 1\n"),
        ]
    )
    func filter(_ filter: String, _ usedOnly: Bool, _ expected: String) throws {
        #expect(try text(filter: filter, usedOnly: usedOnly).lines == expected)
    }

    @Test("A filter that is no expression is refused")
    func broken() {
        #expect(throws: RegularExpressionError.self) { try self.text(filter: "(", usedOnly: false) }
    }

    @Test("JSON has numbers")
    func json() throws {
        let json = JSONWriter.compact(try text(filter: "\\.live", usedOnly: false).json)
        #expect(String(decoding: json, as: UTF8.self) == #"{"stats":[{"name":"server.live","value":1}]}"#)
    }

    private func text(filter: String, usedOnly: Bool) throws -> StatsText {
        try StatsText(Array(Self.exposition.utf8), filter: filter, usedOnly: usedOnly)
    }
}
