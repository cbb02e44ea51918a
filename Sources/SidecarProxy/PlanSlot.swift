import NIOCore

/// Where a loop keeps the plan of one filter chain that is in use now, and work that its connections have no use for.
final class PlanSlot {
    var plan: ConnectionPlan {
        didSet { spare = [] }
    }
    private var spare: [HTTP1Work] = []

    /// How much work is kept.
    private static let spareLimit = 32
    /// The largest head of which the memory is kept.
    private static let headBytes = 16_384

    init(_ plan: ConnectionPlan) {
        self.plan = plan
    }

    /// Gives out work for a request of the connection at `site`.
    func takeWork(for site: HTTPSite) -> HTTP1Work {
        guard let work = spare.popLast() else { return HTTP1Work(site) }
        work.exchange.site = site
        return work
    }

    /// Takes work back whose request is over.
    func returnWork(_ work: HTTP1Work) {
        guard spare.count < Self.spareLimit, work.plan === plan, work.exchange.request.capacity <= Self.headBytes
        else { return }
        spare.append(work)
    }
}
