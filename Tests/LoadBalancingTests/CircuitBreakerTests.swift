import LoadBalancing
import Testing

@Suite struct CircuitBreakerTests {
    @Test("No more than the limit", arguments: CircuitBreaker.Resource.allCases)
    func limit(resource: CircuitBreaker.Resource) {
        var limits = CircuitBreakerLimits()
        limits.connections = 2
        limits.pendingRequests = 2
        limits.requests = 2
        limits.retries = 2
        limits.retryBudget = nil
        var breaker = CircuitBreaker(limits)
        let results = [breaker.acquire(resource), breaker.acquire(resource), breaker.acquire(resource)]
        #expect(results == [true, true, false])
        #expect(breaker.isOpen(resource) && breaker.remaining(resource) == 0)
        breaker.release(resource)
        let isFree = breaker.acquire(resource)
        #expect(isFree)
        #expect(CircuitBreaker.Resource.allCases.allSatisfy { $0 == resource || breaker.count($0) == 0 })
    }

    @Test("A limit of 0 refuses all")
    func zero() {
        var limits = CircuitBreakerLimits()
        limits.requests = 0
        var breaker = CircuitBreaker(limits)
        let isAllowed = breaker.acquire(.request)
        #expect(!isAllowed)
    }

    @Test("More releases than acquisitions do no harm")
    func releases() {
        var breaker = CircuitBreaker()
        breaker.release(.connection)
        #expect(breaker.count(.connection) == 0)
    }

    @Test(
        "Retries are a share of the requests, and a few in any case",
        arguments: [(0, 3), (15, 3), (20, 4), (100, 20)]
    )
    func budget(requests: Int, retries: Int) {
        var breaker = CircuitBreaker()
        for _ in 0..<requests { _ = breaker.acquire(.request) }
        #expect(breaker.remaining(.retry) == retries)
    }

    @Test("Waiting requests count for the budget")
    func pending() {
        var breaker = CircuitBreaker()
        for _ in 0..<50 { _ = breaker.acquire(.pendingRequest) }
        #expect(breaker.limit(.retry) == 10)
    }

    @Test("The parts of several loops add up to the limit", arguments: [1, 2, 3, 1000])
    func shares(loops: Int) {
        var limits = CircuitBreakerLimits()
        limits.connections = 10
        limits.requests = 0
        limits.pendingRequests = .max
        let part = limits.share(of: loops)
        #expect((10..<10 + loops).contains(Int(part.connections) * loops))
        #expect(part.requests == 0)
        #expect(part.pendingRequests >= .max / UInt32(loops))
    }
}
