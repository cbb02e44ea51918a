/// When a request is sent again: `route.v3.RetryPolicy`.
public struct RetryPolicy: Sendable, Hashable {
    /// The conditions of `retry_on`; see each name in Envoy's router documentation.
    public struct Conditions: OptionSet, Sendable, Hashable {
        /// The bits.
        public let rawValue: UInt32

        /// Makes a set from bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// `5xx`: a response of 500 to 599, or none (reset, refused, timed out).
        public static let serverError = Conditions(rawValue: 1 << 0)
        /// `gateway-error`: 502, 503 or 504, or none.
        public static let gatewayError = Conditions(rawValue: 1 << 1)
        /// `reset`: the upstream ended without a response.
        public static let reset = Conditions(rawValue: 1 << 2)
        /// `reset-before-request`: the same, before anything of the request was sent.
        public static let resetBeforeRequest = Conditions(rawValue: 1 << 3)
        /// `connect-failure`: no connection was made.
        public static let connectFailure = Conditions(rawValue: 1 << 4)
        /// `refused-stream`: HTTP/2's REFUSED_STREAM.
        public static let refusedStream = Conditions(rawValue: 1 << 5)
        /// `retriable-4xx`: 409.
        public static let retriable4xx = Conditions(rawValue: 1 << 6)
        /// `retriable-status-codes`: one of ``RetryPolicy/retriableStatusCodes``.
        public static let retriableStatusCodes = Conditions(rawValue: 1 << 7)
        /// `cancelled`: gRPC status 1.
        public static let cancelled = Conditions(rawValue: 1 << 8)
        /// `deadline-exceeded`: gRPC status 4.
        public static let deadlineExceeded = Conditions(rawValue: 1 << 9)
        /// `internal`: gRPC status 13.
        public static let internalError = Conditions(rawValue: 1 << 10)
        /// `resource-exhausted`: gRPC status 8.
        public static let resourceExhausted = Conditions(rawValue: 1 << 11)
        /// `unavailable`: gRPC status 14.
        public static let unavailable = Conditions(rawValue: 1 << 12)
        /// `retriable-headers`: an answer that one of ``RetryPolicy/retriableHeaders`` matches.
        public static let retriableHeaders = Conditions(rawValue: 1 << 13)

        /// All conditions by their names in `retry_on`.
        static let names: [(name: String, condition: Conditions)] = [
            ("5xx", .serverError), ("gateway-error", .gatewayError), ("reset", .reset),
            ("reset-before-request", .resetBeforeRequest), ("connect-failure", .connectFailure),
            ("refused-stream", .refusedStream), ("retriable-4xx", .retriable4xx),
            ("retriable-status-codes", .retriableStatusCodes), ("retriable-headers", .retriableHeaders),
            ("cancelled", .cancelled),
            ("deadline-exceeded", .deadlineExceeded), ("internal", .internalError),
            ("resource-exhausted", .resourceExhausted), ("unavailable", .unavailable),
        ]
    }

    /// `retry_on`: commas separate the names.
    public var conditions: Conditions
    /// `num_retries` (1).
    public var retries = 1
    /// `per_try_timeout`: of each attempt; nil for the route's timeout.
    public var perTryTimeout: Duration?
    /// `per_try_idle_timeout`: how long nothing may come in one attempt, its answer included; nil for as long as the
    /// stream.
    public var perTryIdleTimeout: Duration?
    /// `retriable_status_codes`.
    public var retriableStatusCodes: [Int] = []
    /// `retriable_headers`: of answers, any of which will do; `:status` is the status.
    public var retriableHeaders: [HeaderMatcher] = []
    /// `retriable_request_headers`: only requests that one of them matches are sent again; empty for all.
    public var retriableRequestHeaders: [HeaderMatcher] = []
    /// `retry_back_off.base_interval` (25 ms).
    public var baseInterval = Duration.milliseconds(25)
    /// `retry_back_off.max_interval` (ten times the base).
    public var maxInterval = Duration.milliseconds(250)
    /// `retry_host_predicate` with `previous_hosts`: whether endpoints tried before are passed over (false).
    public var avoidsPreviousHosts = false
    /// `host_selection_retry_max_attempts`: how often another endpoint is looked for (1).
    public var hostSelectionAttempts = 1

    /// Makes a policy.
    public init(_ conditions: Conditions = []) {
        self.conditions = conditions
    }
}
