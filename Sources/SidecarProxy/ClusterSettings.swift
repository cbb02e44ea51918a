import LoadBalancing
import ProxyConfiguration

extension BalancerSettings {
    /// What the configuration says of choosing endpoints.
    init(_ cluster: ClusterConfiguration) {
        self.init()
        policy =
            switch cluster.loadBalancing {
            case .roundRobin: .roundRobin
            case .leastRequest: .leastRequest(choices: cluster.leastRequestChoices)
            case .random: .random
            case .ringHash:
                .ringHash(
                    minimumSize: UInt64(clamping: cluster.ringHash.minimumSize),
                    maximumSize: UInt64(clamping: cluster.ringHash.maximumSize)
                )
            case .maglev: .maglev(size: UInt64(clamping: cluster.maglevTableSize))
            case .firstReachable: .firstReachable
            }
        panicThreshold = cluster.panicThreshold
    }
}

extension CircuitBreakerLimits {
    /// What the configuration says of how much may be in use.
    init(_ thresholds: CircuitBreakerThresholds) {
        self.init()
        connections = UInt32(clamping: thresholds.maxConnections)
        pendingRequests = UInt32(clamping: thresholds.maxPendingRequests)
        requests = UInt32(clamping: thresholds.maxRequests)
        if let limit = thresholds.maxRetries {
            retries = UInt32(clamping: limit)
            retryBudget = nil
        }
        if let budget = thresholds.retryBudget {
            retryBudget = .init(
                percent: budget.percent,
                minimumConcurrency: UInt32(clamping: budget.minimumConcurrency)
            )
        }
    }
}
