import LoadBalancing
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite struct ClusterSettingsTests {
    private func limits(_ change: (inout CircuitBreakerThresholds) -> Void) -> CircuitBreakerLimits {
        var thresholds = CircuitBreakerThresholds()
        change(&thresholds)
        return CircuitBreakerLimits(thresholds)
    }

    @Test("A file that says nothing of retries gets a budget")
    func standardBudget() {
        #expect(limits { _ in }.retryBudget == .init(percent: 20, minimumConcurrency: 3))
    }

    @Test("A number of retries takes the place of the budget")
    func numberOfRetries() {
        let limits = limits { $0.maxRetries = 7 }
        #expect(limits.retries == 7)
        #expect(limits.retryBudget == nil)
    }

    @Test("A budget in the file goes before a number")
    func givenBudget() {
        let limits = limits {
            $0.maxRetries = 7
            $0.retryBudget = .init()
            $0.retryBudget?.percent = 50
        }
        #expect(limits.retryBudget == .init(percent: 50, minimumConcurrency: 3))
    }
}
