import Testing

@testable import SidecarProxy

@Suite("The lines of /stats")
struct StatsTextTests {
    private static let exposition = """
        # HELP envoy_cluster_upstream_rq_total Requests.
        envoy_cluster_upstream_rq_total{envoy_cluster_name="app"} 5
        envoy_cluster_upstream_rq_xx{envoy_cluster_name="app",envoy_response_code_class="2"} 4
        envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix="in"} 0
        envoy_server_live 1

        """

    @Test("Metrics get the names that Envoy's page has")
    func names() {
        let lines = StatsText.lines(Array(Self.exposition.utf8), filter: "", usedOnly: false)
        let expected = """
            cluster.app.upstream_rq_2xx: 4
            cluster.app.upstream_rq_total: 5
            http.in.downstream_rq_total: 0
            server.live: 1

            """
        #expect(lines == expected)
    }

    @Test("A filter and usedonly leave lines out")
    func filter() {
        let bytes = Array(Self.exposition.utf8)
        #expect(StatsText.lines(bytes, filter: "rq_total", usedOnly: true) == "cluster.app.upstream_rq_total: 5\n")
        #expect(StatsText.lines(bytes, filter: "nothing", usedOnly: false).isEmpty)
    }
}
