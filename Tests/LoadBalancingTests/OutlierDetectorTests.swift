import LoadBalancing
import ProxyConfiguration
import Testing

@Suite struct OutlierDetectorTests {
    private func balancer(_ count: Int = 4, _ change: (inout OutlierDetection) -> Void = { _ in }) -> TestBalancer {
        var settings = OutlierDetection()
        change(&settings)
        return TestBalancer(.roundRobin, weights: Array(repeating: 1, count: count), outlierSettings: settings)
    }

    @discardableResult
    private func fail(
        _ balancer: TestBalancer,
        _ times: Int,
        with outcome: RequestOutcome = .response(status: 500),
        at index: Int = 0
    ) -> OutlierEvent? {
        var last: OutlierEvent?
        for _ in 0..<times { last = balancer.finish(index, outcome) }
        return last
    }

    @Test("Five failures in a row eject")
    func consecutive() {
        let balancer = balancer()
        #expect(fail(balancer, 4) == nil)
        #expect(fail(balancer, 1) == .consecutive5xx)
        #expect(balancer.health(0) == .ejected)
        #expect(balancer.counts(30)[0] == 0)
    }

    @Test("A success in between begins the count again")
    func success() {
        let balancer = balancer()
        fail(balancer, 4)
        balancer.finish(0, .response(status: 404))
        #expect(fail(balancer, 4) == nil)
    }

    @Test("Without settings nobody is ejected")
    func off() {
        let balancer = TestBalancer(.roundRobin, weights: [1, 1])
        #expect(fail(balancer, 100) == nil)
    }

    @Test("A limit of 0 never ejects")
    func never() {
        let balancer = balancer { $0.consecutiveServerErrors = 0 }
        #expect(fail(balancer, 100) == nil)
        #expect(balancer.health(0).isEmpty)
    }

    @Test("Gateway failures are counted apart where that is enforced")
    func gateway() {
        let balancer = balancer {
            $0.consecutiveGatewayFailures = 2
            $0.enforcingGatewayFailures = 100
        }
        fail(balancer, 1, with: .response(status: 503))
        fail(balancer, 1, with: .response(status: 500))
        #expect(fail(balancer, 1, with: .connectionFailed) == nil)
        #expect(fail(balancer, 1, with: .timedOut) == .consecutiveGatewayFailure)
    }

    @Test("Local failures are told apart where that is wanted")
    func localOrigin() {
        let balancer = balancer {
            $0.splitsLocalOrigin = true
            $0.consecutiveLocalOriginFailures = 3
        }
        fail(balancer, 4)
        #expect(fail(balancer, 2, with: .connectionFailed) == nil)
        #expect(fail(balancer, 1, with: .timedOut) == .consecutiveLocalOriginFailure)
    }

    @Test(
        "Statuses of gRPC count as those of HTTP",
        arguments: [(0, false), (5, false), (13, true), (14, true), (99, true)]
    )
    func grpc(status: Int, isFailure: Bool) {
        let balancer = balancer { $0.consecutiveServerErrors = 1 }
        #expect((fail(balancer, 1, with: RequestOutcome(grpcStatus: status)) != nil) == isFailure)
    }

    @Test("No more than the allowed share is ejected", arguments: [(10, 5), (4, 2), (1, 0), (30, 3)])
    func share(count: Int, ejected: Int) {
        let balancer = balancer(count)
        for index in 0..<count { fail(balancer, 5, at: index) }
        #expect(balancer.outliers.ejectedCount == ejected)
    }

    @Test("One may be ejected in any case where that is wanted")
    func one() {
        let balancer = balancer(3) {
            $0.maxEjectionPercent = 10
            $0.alwaysEjectsOne = true
        }
        for index in 0..<3 { fail(balancer, 5, at: index) }
        #expect(balancer.outliers.ejectedCount == 1)
    }

    @Test("Enforcement by chance", arguments: [(49, true), (50, false)] as [(UInt64, Bool)])
    func enforcement(random: UInt64, isEjected: Bool) {
        let balancer = balancer {
            $0.enforcingServerErrors = 50
            $0.consecutiveServerErrors = 1
        }
        #expect((balancer.finish(0, .timedOut, random: random) != nil) == isEjected)
    }

    @Test("An ejection ends with one request: alone until it is answered")
    func probe() throws {
        let balancer = balancer()
        fail(balancer, 5)
        #expect(balancer.counts(30)[0] == 0)
        let later = Duration.seconds(31)
        #expect(balancer.choose(now: later) == 0)
        for _ in 0..<9 { #expect(balancer.choose(now: later) != 0) }
        #expect(balancer.finish(0, .response(status: 200), now: later) == .readmitted)
        #expect(balancer.health(0).isEmpty)
        #expect(balancer.outliers.ejectedCount == 0)
    }

    @Test("A probe that fails prolongs the ejection, each time by more")
    func failedProbe() {
        let balancer = balancer { $0.maxEjectionTime = .seconds(75) }
        fail(balancer, 5)
        var now = Duration.zero
        for length in [30, 60, 75, 75] {
            #expect(balancer.choose(now: now + .seconds(length - 1)) != 0)
            now += .seconds(length)
            #expect(balancer.choose(now: now) == 0)
            #expect(balancer.finish(0, .connectionFailed, now: now) == .probeFailed)
        }
    }

    @Test("A probe that never reached the endpoint is repeated at once")
    func cancelledProbe() {
        let balancer = balancer()
        fail(balancer, 5)
        let later = Duration.seconds(30)
        #expect(balancer.choose(now: later) == 0)
        #expect(balancer.finish(0, nil, now: later) == nil)
        #expect(balancer.health(0) == .ejected)
        #expect(balancer.choose(now: later) == 0)
    }

    @Test("A retry is no probe, nor is a request to an endpoint that fails its health checks")
    func noProbe() {
        let balancer = balancer()
        fail(balancer, 5)
        var attempted = AttemptedEndpoints()
        attempted.insert(2)
        #expect(balancer.choose(now: .seconds(60), random: 0, excluding: attempted) != 0)
        balancer.setActiveHealth(0, isHealthy: false)
        #expect(balancer.choose(now: .seconds(60)) != 0)
    }

    @Test("Good behaviour makes the next ejection short again")
    func forgiveness() {
        let balancer = balancer()
        fail(balancer, 5)
        _ = balancer.choose(now: .seconds(30))
        balancer.finish(0, .response(status: 200), now: .seconds(30))
        balancer.sweepOutliers(now: .seconds(40))
        for _ in 0..<5 { balancer.finish(0, .timedOut, now: .seconds(41)) }
        #expect(balancer.choose(now: .seconds(71)) == 0)
    }

    @Test("Jitter makes an ejection longer by chance")
    func jitter() {
        let balancer = balancer { $0.maxEjectionTimeJitter = .seconds(10) }
        for _ in 0..<5 { balancer.finish(0, .timedOut, random: .max - 15) }
        #expect(balancer.choose(now: .seconds(39)) != 0)
        #expect(balancer.choose(now: .seconds(40)) == 0)
    }

    @Test("An endpoint that succeeds far less often than the others is ejected")
    func successRate() {
        let balancer = balancer(6) { $0.consecutiveServerErrors = .max }
        for index in 0..<6 {
            for request in 0..<100 {
                let status = request % 10 < (index == 3 ? 5 : 0) ? 500 : 200
                balancer.finish(index, .response(status: status))
            }
        }
        let events = balancer.sweepOutliers()
        #expect(events.map(\.index) == [3] && events.map(\.event) == [.successRate])
        #expect(balancer.sweepOutliers().isEmpty)
    }

    @Test("Too few requests or endpoints are not compared", arguments: [(6, 99), (4, 100)])
    func volume(endpoints: Int, requests: Int) {
        let balancer = balancer(endpoints) { $0.consecutiveServerErrors = .max }
        for index in 0..<endpoints {
            for _ in 0..<requests {
                balancer.finish(index, .response(status: index == 0 ? 500 : 200))
            }
        }
        #expect(balancer.sweepOutliers().isEmpty)
    }

    @Test("The share of failures may eject")
    func failurePercentage() {
        let balancer = balancer(5) {
            $0.consecutiveServerErrors = .max
            $0.enforcingSuccessRate = 0
            $0.enforcingFailurePercentage = 100
        }
        for index in 0..<5 {
            for request in 0..<100 {
                let status = request < (index == 1 ? 85 : 84) ? 503 : 200
                balancer.finish(index, .response(status: status))
            }
        }
        #expect(balancer.sweepOutliers().map(\.index) == [1])
    }
}
