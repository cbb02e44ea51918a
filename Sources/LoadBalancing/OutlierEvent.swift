/// What a detector decided about one endpoint.
public enum OutlierEvent: Sendable, Hashable, CaseIterable {
    /// Ejected for that many answers of 5xx in a row.
    case consecutive5xx
    /// Ejected for that many answers of 502, 503 or 504 in a row.
    case consecutiveGatewayFailure
    /// Ejected for that many failures to connect or timeouts in a row.
    case consecutiveLocalOriginFailure
    /// Ejected for succeeding much less often than the others.
    case successRate
    /// Ejected for failing more often than allowed.
    case failurePercentage
    /// Ejected again, because the probe after the ejection failed.
    case probeFailed
    /// Back, because the probe after the ejection succeeded.
    case readmitted
}
