extension BootstrapDecoder {
    /// A `cluster.v3.CircuitBreakers`.
    mutating func readCircuitBreakers(_ node: ConfigurationNode?, into cluster: inout ClusterConfiguration) {
        guard let node, let message = message(node, .circuitBreakers) else { return }
        var seen: Set<RoutingPriority> = []
        let all: [(RoutingPriority, CircuitBreakerThresholds)] = list(message["thresholds"]) { decoder, node in
            decoder.thresholds(node)
        }
        for (priority, thresholds) in all {
            if !seen.insert(priority).inserted, let list = message["thresholds"] {
                report(.duplicate, list.pointer, "there are two thresholds of priority \(priority.rawValue)")
            }
            if priority == .high {
                cluster.highPriorityCircuitBreaker = thresholds
            } else {
                cluster.circuitBreaker = thresholds
            }
        }
    }

    private mutating func thresholds(_ node: ConfigurationNode) -> (RoutingPriority, CircuitBreakerThresholds)? {
        guard let message = message(node, .thresholds) else { return nil }
        var priority = RoutingPriority.standard
        var thresholds = CircuitBreakerThresholds()
        read(message["priority"], into: &priority)
        read(message["max_connections"], in: 0...Self.maxWeight, into: &thresholds.maxConnections)
        read(message["max_pending_requests"], in: 0...Self.maxWeight, into: &thresholds.maxPendingRequests)
        read(message["max_requests"], in: 0...Self.maxWeight, into: &thresholds.maxRequests)
        if let node = message["max_retries"] {
            var retries = 0
            read(node, in: 0...Self.maxWeight, into: &retries)
            thresholds.maxRetries = retries
        }
        _ = bool(message["track_remaining"], standard: false)
        if let node = message["retry_budget"], let fields = self.message(node, .retryBudget) {
            var budget = RetryBudget()
            readPercent(fields["budget_percent"], into: &budget.percent)
            read(fields["min_retry_concurrency"], in: 0...Self.maxWeight, into: &budget.minimumConcurrency)
            thresholds.retryBudget = budget
        }
        return (priority, thresholds)
    }

    /// A `cluster.v3.OutlierDetection`.
    mutating func outlierDetection(_ node: ConfigurationNode) -> OutlierDetection {
        var outlier = OutlierDetection()
        guard let message = message(node, .outlierDetection) else { return outlier }
        let many = 0...Self.maxWeight
        let percent = 0...100
        read(message["consecutive_5xx"], in: many, into: &outlier.consecutiveServerErrors)
        read(message["enforcing_consecutive_5xx"], in: percent, into: &outlier.enforcingServerErrors)
        read(message["consecutive_gateway_failure"], in: many, into: &outlier.consecutiveGatewayFailures)
        read(message["enforcing_consecutive_gateway_failure"], in: percent, into: &outlier.enforcingGatewayFailures)
        read(message["split_external_local_origin_errors"], into: &outlier.splitsLocalOrigin)
        read(message["consecutive_local_origin_failure"], in: many, into: &outlier.consecutiveLocalOriginFailures)
        read(
            message["enforcing_consecutive_local_origin_failure"],
            in: percent,
            into: &outlier.enforcingLocalOriginFailures
        )
        read(message["interval"], atLeast: .nanoseconds(1), into: &outlier.interval)
        read(message["base_ejection_time"], atLeast: .nanoseconds(1), into: &outlier.baseEjectionTime)
        outlier.maxEjectionTime = max(outlier.maxEjectionTime, outlier.baseEjectionTime)
        read(message["max_ejection_time"], atLeast: .nanoseconds(1), into: &outlier.maxEjectionTime)
        if outlier.maxEjectionTime < outlier.baseEjectionTime, let node = message["max_ejection_time"] {
            report(.invalidValue, node.pointer, "must not be shorter than base_ejection_time")
        }
        read(message["max_ejection_time_jitter"], into: &outlier.maxEjectionTimeJitter)
        read(message["max_ejection_percent"], in: percent, into: &outlier.maxEjectionPercent)
        read(message["always_eject_one_host"], into: &outlier.alwaysEjectsOne)
        read(message["success_rate_minimum_hosts"], in: many, into: &outlier.successRateMinimumHosts)
        read(message["success_rate_request_volume"], in: many, into: &outlier.successRateRequestVolume)
        read(message["success_rate_stdev_factor"], in: many, into: &outlier.successRateDeviationFactor)
        read(message["enforcing_success_rate"], in: percent, into: &outlier.enforcingSuccessRate)
        read(message["failure_percentage_threshold"], in: percent, into: &outlier.failurePercentageThreshold)
        read(message["failure_percentage_minimum_hosts"], in: many, into: &outlier.failurePercentageMinimumHosts)
        read(message["failure_percentage_request_volume"], in: many, into: &outlier.failurePercentageRequestVolume)
        read(message["enforcing_failure_percentage"], in: percent, into: &outlier.enforcingFailurePercentage)
        return outlier
    }
}
