import ProxyConfiguration

extension OutlierDetection {
    /// The share of `count` endpoints in percent that may be ejected.
    func ejectionPercent(of count: Int) -> Int {
        max(0, min(maxEjectionPercent ?? (count <= 10 ? 50 : 10), 100))
    }

    /// How long the `number`th ejection in a row lasts, without jitter.
    func ejectionTime(_ number: Int) -> Duration {
        let limit = max(maxEjectionTime, baseEjectionTime)
        // More than a million ejections last no longer than the maximum, unless the base is below a millisecond.
        return min(limit, baseEjectionTime * max(1, min(number, 1_000_000)))
    }

    /// How often in percent `cause` really ejects.
    func enforcement(of cause: OutlierEvent) -> Int {
        switch cause {
        case .consecutive5xx: enforcingServerErrors
        case .consecutiveGatewayFailure: enforcingGatewayFailures
        case .consecutiveLocalOriginFailure: enforcingLocalOriginFailures
        case .successRate: enforcingSuccessRate
        case .failurePercentage: enforcingFailurePercentage
        case .probeFailed: 100
        case .readmitted: 0
        }
    }
}
