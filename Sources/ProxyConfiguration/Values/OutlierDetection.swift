/// How failing endpoints are passed over: `cluster.v3.OutlierDetection`.
public struct OutlierDetection: Sendable, Hashable {
    /// `consecutive_5xx` (5): answers of 500 to 599 and failures in a row; 0 for never.
    public var consecutiveServerErrors = 5
    /// `enforcing_consecutive_5xx` (100): the per cent of cases in which that ejects.
    public var enforcingServerErrors = 100
    /// `consecutive_gateway_failure` (5): answers of 502, 503, 504 and failures in a row; 0 for never.
    public var consecutiveGatewayFailures = 5
    /// `enforcing_consecutive_gateway_failure` (0): the per cent of cases in which that ejects.
    public var enforcingGatewayFailures = 0
    /// `split_external_local_origin_errors` (false): whether failures to connect count apart from answers.
    public var splitsLocalOrigin = false
    /// `consecutive_local_origin_failure` (5), where ``splitsLocalOrigin``; 0 for never.
    public var consecutiveLocalOriginFailures = 5
    /// `enforcing_consecutive_local_origin_failure` (100): the per cent of cases in which that ejects.
    public var enforcingLocalOriginFailures = 100
    /// `interval` (10 s): between two looks at who may come back.
    public var interval = Duration.seconds(10)
    /// `base_ejection_time` (30 s): times the number of ejections.
    public var baseEjectionTime = Duration.seconds(30)
    /// `max_ejection_time` (300 s, or the base where that is longer).
    public var maxEjectionTime = Duration.seconds(300)
    /// `max_ejection_time_jitter` (0 s): up to this much is added.
    public var maxEjectionTimeJitter = Duration.zero
    /// `max_ejection_percent`: of the endpoints; nil means 10, but 50 of at most ten endpoints, unlike Envoy's 10.
    public var maxEjectionPercent: Int?
    /// `always_eject_one_host` (false): whether one may be ejected whatever the share.
    public var alwaysEjectsOne = false
    /// `success_rate_minimum_hosts` (5): with enough requests, for rates to be compared.
    public var successRateMinimumHosts = 5
    /// `success_rate_request_volume` (100): requests in an interval that are enough.
    public var successRateRequestVolume = 100
    /// `success_rate_stdev_factor` (1900): thousandths of the standard deviation below the mean that are too far.
    public var successRateDeviationFactor = 1900
    /// `enforcing_success_rate` (100): the per cent of cases in which that ejects.
    public var enforcingSuccessRate = 100
    /// `failure_percentage_threshold` (85): the per cent of failures from which on an endpoint is ejected.
    public var failurePercentageThreshold = 85
    /// `failure_percentage_minimum_hosts` (5): with enough requests, for that.
    public var failurePercentageMinimumHosts = 5
    /// `failure_percentage_request_volume` (50): requests in an interval that are enough for that.
    public var failurePercentageRequestVolume = 50
    /// `enforcing_failure_percentage` (0): the per cent of cases in which that ejects.
    public var enforcingFailurePercentage = 0

    /// Makes the default values.
    public init() {}
}
