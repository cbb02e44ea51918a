/// Which requests are traced and where spans go: `HttpConnectionManager.Tracing` with an `OpenTelemetryConfig`.
public struct TracingConfiguration: Sendable, Hashable {
    /// `random_sampling`: the share of requests without a decision of their own, in per cent (100).
    public var randomSampling = 100.0
    /// `overall_sampling`: the most that are traced at all, in per cent (100).
    public var overallSampling = 100.0
    /// `provider`…`http_service.http_uri.cluster`: the cluster that spans are sent to.
    public var cluster: String
    /// `provider`…`http_service.http_uri.uri`: the collector's URL, whose path ends in `/v1/traces`.
    public var uri: String
    /// `provider`…`http_service.http_uri.timeout`.
    public var timeout: Duration
    /// `provider`…`service_name` (`unknown_service:envoy` in Envoy, here pillion-proxy).
    public var serviceName = "pillion-proxy"

    /// Makes tracing of all requests.
    public init(cluster: String, uri: String, timeout: Duration = .seconds(1)) {
        self.cluster = cluster
        self.uri = uri
        self.timeout = timeout
    }
}
