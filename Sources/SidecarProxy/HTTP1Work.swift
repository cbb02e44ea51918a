import HTTP1

/// What a connection of HTTP/1 needs while it reads a request and answers it; an idle one has none.
///
/// Half of a connection's memory is in it, and few connections of many have a request under way at a time.
final class HTTP1Work {
    let exchange: Exchange
    var parser: RequestParser
    /// What the parser's limits are from.
    let plan: ConnectionPlan

    init(_ site: HTTPSite) {
        plan = site.plan
        parser = RequestParser(limits: plan.limits)
        exchange = Exchange(site)
    }
}
