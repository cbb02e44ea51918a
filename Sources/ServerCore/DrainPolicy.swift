public import NIOCore

/// How long a server takes to leave.
public struct DrainPolicy: Sendable, Equatable {
    /// From the start of the drain to the moment everything left is closed; must be below the pod's
    /// `terminationGracePeriodSeconds` (60 s in the chart).
    public var gracePeriod: TimeAmount
    /// How long before the end of the grace period idle connections are closed and new work is refused.
    public var lastCall: TimeAmount
    /// How long no connection may have been accepted before a server without connections counts as done.
    ///
    /// Load balancers learn of the end of a pod seconds after the pod does; a listener closed before that loses
    /// requests.
    public var quietPeriod: TimeAmount

    /// Makes a policy; the defaults suit a pod with a termination grace period of 60 seconds.
    public init(
        gracePeriod: TimeAmount = .seconds(45),
        lastCall: TimeAmount = .seconds(5),
        quietPeriod: TimeAmount = .seconds(5)
    ) {
        self.gracePeriod = gracePeriod
        self.lastCall = lastCall
        self.quietPeriod = quietPeriod
    }

    /// Leave at once: for ports that carry nothing worth waiting for.
    public static let immediate = DrainPolicy(gracePeriod: .zero, lastCall: .zero, quietPeriod: .zero)
}
