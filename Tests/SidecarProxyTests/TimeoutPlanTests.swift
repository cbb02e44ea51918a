import NIOCore
import ProxyConfiguration
import ProxyHeaders
import Testing

@testable import SidecarProxy

/// What the comparison with Envoy cannot wait for; the rest of the rules is compared there.
@Suite("Timeout plan")
struct TimeoutPlanTests {
    private let year = TimeAmount.seconds(31_622_400)

    @Test("What reaches further than a number of nanoseconds is a year")
    func longest() {
        let asked = GRPCTimeout(milliseconds: .max)
        var action = ForwardAction(cluster: "app")
        action.grpcTimeout.longest = .zero
        let call = TimeoutPlan(action, perTryTimeout: nil).limits(asked, isGRPC: true, standard: nil)
        #expect(call.timeout == year && call.duration == nil)
        action.maxStreamDuration = MaxStreamDuration()
        action.maxStreamDuration?.grpcTimeout.longest = .zero
        let stream = TimeoutPlan(action, perTryTimeout: nil).limits(asked, isGRPC: true, standard: .seconds(1))
        #expect(stream.timeout == nil && stream.duration == year)
        #expect(stream.announcement == .replaced(GRPCTimeout(milliseconds: 31_622_400_000)))
    }

    @Test("An offset that is longer than the client waits ends a stream at once, and changes nothing for a timeout")
    func offset() {
        let asked = GRPCTimeout(milliseconds: 500)
        var action = ForwardAction(cluster: "app")
        action.grpcTimeout = GRPCTimeoutLimit()
        action.grpcTimeout.longest = .seconds(20)
        action.grpcTimeout.offset = .seconds(31_622_400)
        let call = TimeoutPlan(action, perTryTimeout: nil).limits(asked, isGRPC: true, standard: nil)
        #expect(call.timeout == .milliseconds(500))
        action.maxStreamDuration = MaxStreamDuration()
        action.maxStreamDuration?.grpcTimeout = action.grpcTimeout
        let stream = TimeoutPlan(action, perTryTimeout: nil).limits(asked, isGRPC: true, standard: nil)
        #expect(stream.duration == .nanoseconds(0))
        #expect(stream.announcement == .replaced(GRPCTimeout(milliseconds: 0)))
    }

    @Test("Without the fields, a route has its own timeout and the manager's duration, and calls keep their header")
    func standard() {
        let action = ForwardAction(cluster: "app", timeout: .seconds(3))
        let plan = TimeoutPlan(action, perTryTimeout: .seconds(1))
        #expect(!plan.looksAtGRPCTimeout)
        let limits = plan.limits(nil, isGRPC: true, standard: .seconds(9))
        #expect(limits.timeout == .seconds(3) && limits.duration == .seconds(9) && limits.announcement == .kept)
    }
}
