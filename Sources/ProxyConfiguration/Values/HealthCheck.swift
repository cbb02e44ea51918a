/// An active health check: `core.v3.HealthCheck`.
public struct HealthCheck: Sendable, Hashable {
    /// What is asked.
    public enum Probe: Sendable, Hashable {
        /// `http_health_check`.
        case http(HTTPProbe)
        /// `tcp_health_check`: sends `send`, and expects to find each of `receive` in order in what comes back; with
        /// neither a connection is enough.
        case tcp(send: [UInt8], receive: [[UInt8]])
        /// `grpc_health_check` (grpc.health.v1.Health/Check): `service` may be empty; an empty `authority` means the
        /// cluster's name.
        case grpc(service: String, authority: String)
    }

    /// What is asked.
    public var probe: Probe
    /// `timeout`: for an answer.
    public var timeout: Duration
    /// `interval`: between two checks of an endpoint.
    public var interval: Duration
    /// `initial_jitter`: up to this much is waited before the first check (0 s).
    public var initialJitter = Duration.zero
    /// `interval_jitter`: up to this much is added to each interval (0 s).
    public var intervalJitter = Duration.zero
    /// `interval_jitter_percent`: up to this much of the interval is added (0).
    public var intervalJitterPercent = 0
    /// `unhealthy_threshold`: failures in a row after which an endpoint is not used; an HTTP status other than the
    /// expected counts at once.
    public var unhealthyThreshold: Int
    /// `healthy_threshold`: successes in a row after which it is used; one is enough for the first.
    public var healthyThreshold: Int
    /// `unhealthy_interval`, of unhealthy endpoints; nil, the default, for ``interval``.
    public var unhealthyInterval: Duration?
    /// `no_traffic_interval` (60 s), while the cluster has never had a request.
    public var noTrafficInterval = Duration.seconds(60)
    /// `reuse_connection` (true): whether the connection is kept between checks.
    public var reusesConnection = true

    /// Makes a check.
    public init(
        _ probe: Probe,
        timeout: Duration,
        interval: Duration,
        unhealthyThreshold: Int,
        healthyThreshold: Int
    ) {
        self.probe = probe
        self.timeout = timeout
        self.interval = interval
        self.unhealthyThreshold = unhealthyThreshold
        self.healthyThreshold = healthyThreshold
    }
}

/// The request of an HTTP health check: `core.v3.HealthCheck.HttpHealthCheck`.
public struct HTTPProbe: Sendable, Hashable {
    /// `path`, with a query if any.
    public var path: String
    /// `host`; empty means the cluster's name.
    public var host = ""
    /// `method` (GET).
    public var method = "GET"
    /// `codec_client_type`: whether it is HTTP/2 (HTTP1).
    public var usesHTTP2 = false
    /// `expected_statuses`; 200 where none is given.
    public var expectedStatuses: [Range<Int>] = [200..<201]
    /// `request_headers_to_add`.
    public var headers: [HeaderValueOption] = []
    /// `request_headers_to_remove`.
    public var removedHeaders: [String] = []

    /// Makes a GET.
    public init(path: String) {
        self.path = path
    }
}
