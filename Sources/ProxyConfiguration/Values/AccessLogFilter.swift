/// Which requests are logged: `accesslog.v3.AccessLogFilter`.
public indirect enum AccessLogFilter: Sendable, Hashable {
    /// How a number is compared: `ComparisonFilter.op`.
    public enum Comparison: String, Sendable, CaseIterable {
        /// The same.
        case equal = "EQ"
        /// The same or more.
        case atLeast = "GE"
        /// The same or less.
        case atMost = "LE"
        /// Another.
        case notEqual = "NE"
    }

    /// `status_code_filter`: the response's status; 0 where there is none.
    case status(Comparison, Int)
    /// `duration_filter`: the whole duration in milliseconds.
    case duration(Comparison, Int)
    /// `response_flag_filter`: one of these flags is set; none named means any flag.
    case responseFlags([String])
    /// `not_health_check_filter`: no request that the health check filter marked, which here is every request.
    case notHealthCheck
    /// `and_filter`: all of them.
    case all([AccessLogFilter])
    /// `or_filter`: one of them.
    case any([AccessLogFilter])
}
