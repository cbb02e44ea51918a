import AdmissionWebhook
import NIOCore
import ServerCore
import ServerHTTP

/// The limits in use as metrics: `pillion_limit{name}`, where the name is the flag's with underscores.
enum LimitMetrics {
    /// Name and value of each limit.
    static func values(
        _ options: LimitOptions,
        _ http: HTTPInitializer,
        _ load: AdmissionLoad
    ) -> [(name: String, value: Double)] {
        [
            ("max_connections", Double(options.connections().total)),
            ("max_connections_per_source", Double(options.maxConnectionsPerSource)),
            ("max_header_bytes", Double(http.limits.headerBytes)),
            ("max_header_fields", Double(http.limits.headerFields)),
            ("max_body_bytes", Double(http.limits.bodyBytes)),
            ("max_in_flight_bytes", Double(http.budget.limit)),
            ("max_queued_reviews", Double(load.queueLimit)),
            ("overload_delay", seconds(options.overloadDelay)),
            ("handshake_timeout", seconds(options.handshakeTimeout)),
            ("header_timeout", seconds(options.headerTimeout)),
            ("body_timeout", seconds(options.bodyTimeout)),
            ("request_timeout", seconds(options.requestTimeout)),
            ("idle_timeout", seconds(options.idleTimeout)),
        ]
    }

    private static func seconds(_ time: TimeOption) -> Double {
        Double(time.amount.nanoseconds) / 1e9
    }
}
