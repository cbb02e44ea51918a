/// When endpoints are ejected for their answers: `cluster.v3.OutlierDetection`.
///
/// Defaults are Envoy's, but for what an ejection ends with: one real request (``LoadBalancer``), and for
/// ``maximumEjectionPercent``.
public struct OutlierSettings: Sendable, Hashable {
    /// Answers of 5xx in a row that eject, 0 for never: `consecutive_5xx`.
    public var consecutive5xx = 5
    /// Answers of 502, 503 or 504 in a row that eject, 0 for never: `consecutive_gateway_failure`.
    public var consecutiveGatewayFailure = 5
    /// Failures to connect or timeouts in a row that eject when they are told apart, 0 for never.
    public var consecutiveLocalOriginFailure = 5
    /// Whether failures of this side are counted apart from answers: `split_external_local_origin_errors`.
    public var splitsLocalOrigin = false
    /// How often in percent 5xx in a row really eject: `enforcing_consecutive_5xx`.
    public var enforcing5xx = 100
    /// How often in percent gateway failures in a row really eject: `enforcing_consecutive_gateway_failure`.
    public var enforcingGatewayFailure = 0
    /// How often in percent local failures in a row really eject: `enforcing_consecutive_local_origin_failure`.
    public var enforcingLocalOriginFailure = 100
    /// How often success rates are compared: `interval`.
    public var interval = Duration.seconds(10)
    /// How long the first ejection lasts; each further one lasts that much longer: `base_ejection_time`.
    public var baseEjectionTime = Duration.seconds(30)
    /// How long an ejection lasts at most: `max_ejection_time`.
    public var maximumEjectionTime = Duration.seconds(300)
    /// The most that chance adds to an ejection: `max_ejection_time_jitter`.
    public var maximumJitter = Duration.zero
    /// The share of endpoints in percent that may be ejected: `max_ejection_percent`.
    ///
    /// Nil means 10 % as in Envoy, but 50 % for clusters of at most ten, of which 10 % would be none at all.
    public var maximumEjectionPercent: Int?
    /// Whether one endpoint may be ejected whatever the share: `always_eject_one_host`.
    public var alwaysEjectsOne = false
    /// How many endpoints must have had enough requests for rates to be compared: `success_rate_minimum_hosts`.
    public var successRateMinimumHosts = 5
    /// How many requests in an interval are enough: `success_rate_request_volume`.
    public var successRateRequestVolume = 100
    /// Thousandths of the standard deviation below the mean that are too far: `success_rate_stdev_factor`.
    public var successRateStandardDeviationFactor = 1900
    /// How often in percent a low rate really ejects: `enforcing_success_rate`.
    public var enforcingSuccessRate = 100
    /// The share of failures in percent from which on an endpoint is ejected: `failure_percentage_threshold`.
    public var failurePercentageThreshold = 85
    /// How many endpoints must have had enough requests for that: `failure_percentage_minimum_hosts`.
    public var failurePercentageMinimumHosts = 5
    /// How many requests in an interval are enough for that: `failure_percentage_request_volume`.
    public var failurePercentageRequestVolume = 50
    /// How often in percent a high share of failures really ejects: `enforcing_failure_percentage`.
    public var enforcingFailurePercentage = 0

    /// Makes settings with the defaults.
    public init() {}

    /// The share of `count` endpoints in percent that may be ejected.
    func ejectionPercent(of count: Int) -> Int {
        max(0, min(maximumEjectionPercent ?? (count <= 10 ? 50 : 10), 100))
    }

    /// How long the `number`th ejection in a row lasts, without jitter.
    func ejectionTime(_ number: Int) -> Duration {
        let limit = max(maximumEjectionTime, baseEjectionTime)
        // More than a million ejections last no longer than the maximum, unless the base is below a millisecond.
        return min(limit, baseEjectionTime * max(1, min(number, 1_000_000)))
    }
}
