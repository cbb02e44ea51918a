/// What outlier detection remembers of one endpoint.
///
/// ```
///            failures in a row, or a rate too low
///  admitted ---------------------------------------> ejected <------------+
///     ^                                                 | time over and   |
///     |                                                 v a request comes | it fails
///     +---------------------------------------------- probing ------------+
///                     the request succeeds
/// ```
struct OutlierRecord: Sendable, Hashable {
    enum Phase: Sendable, Hashable {
        case admitted
        case ejected(until: Duration)
        case probing
    }

    var phase = Phase.admitted
    var fiveHundreds = 0
    var gatewayFailures = 0
    var localFailures = 0
    /// How many ejections the length of the next one is counted from; falls while the endpoint behaves.
    var ejections = 0
    /// Requests and successes since the last sweep.
    var requests = 0
    var successes = 0

    mutating func forgetFailures() {
        fiveHundreds = 0
        gatewayFailures = 0
        localFailures = 0
    }
}
