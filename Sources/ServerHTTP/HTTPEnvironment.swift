import Logging

/// What all connections of one ``HTTPInitializer`` share.
final class HTTPEnvironment: Sendable {
    let responder: any HTTPResponder
    let limits: HTTPServerLimits
    let budget: ByteBudget
    let counters: HTTPCounters
    let date: DateField
    let logger: Logger
    let gate: RequestGate
    let spread = DeadlineSpread()

    init(
        responder: any HTTPResponder,
        limits: HTTPServerLimits,
        budget: ByteBudget,
        counters: HTTPCounters,
        date: DateField,
        logger: Logger
    ) {
        self.responder = responder
        self.limits = limits
        self.budget = budget
        self.counters = counters
        self.date = date
        self.logger = logger
        self.gate = RequestGate(limits: limits)
    }
}
