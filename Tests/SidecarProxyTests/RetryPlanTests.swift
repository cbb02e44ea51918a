import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("When a request is sent again")
struct RetryPlanTests {
    @Test("Without a policy only what is safe is")
    func standard() {
        let plan = RetryPlan(nil)
        #expect(plan.covers(.unprocessed, wasIdle: false, isIdempotent: false))
        #expect(plan.covers(.connectionClosed, wasIdle: true, isIdempotent: true))
        #expect(!plan.covers(.connectionClosed, wasIdle: true, isIdempotent: false))
        #expect(!plan.covers(.connectionClosed, wasIdle: false, isIdempotent: true))
        #expect(!plan.covers(.reset, wasIdle: true, isIdempotent: true))
        #expect(!plan.covers(status: 503) && !plan.coversTimeout && !plan.keepsBody)
        #expect(plan.coversConnectFailure(hasAlternatives: true) && !plan.coversConnectFailure(hasAlternatives: false))
    }

    @Test(
        "A policy covers the statuses that it names",
        arguments: [
            (RetryPolicy.Conditions.serverError, [500, 502, 503, 599], [200, 404, 409, 499]),
            (.gatewayError, [502, 503, 504], [500, 501, 505]),
            (.retriable4xx, [409], [400, 404, 500]),
            (.retriableStatusCodes, [418], [409, 500]),
            ([], [], [409, 418, 500, 503]),
        ] as [(RetryPolicy.Conditions, [Int], [Int])]
    )
    func statuses(_ conditions: RetryPolicy.Conditions, _ covered: [Int], _ others: [Int]) {
        var policy = RetryPolicy(conditions)
        policy.retriableStatusCodes = [418]
        let plan = RetryPlan(policy)
        for status in covered { #expect(plan.covers(status: status)) }
        for status in others { #expect(!plan.covers(status: status)) }
    }

    @Test("A policy covers the codes of gRPC that it names")
    func codes() {
        let plan = RetryPlan(RetryPolicy([.unavailable, .cancelled]))
        #expect(plan.looksAtGRPC)
        #expect((0...16).filter { plan.covers(grpcStatus: $0) } == [1, 14])
    }
}
