/// What one loop counts for one connection manager; `envoy_http_downstream_*`.
final class DownstreamCounters: Sendable {
    let requests = LoopCounter()
    let activeRequests = LoopCounter()
    let connections = LoopCounter()
    let activeConnections = LoopCounter()
    let keepaliveTimeouts = LoopCounter()
    let received = LoopCounter()
    let sent = LoopCounter()
    let classes = StatusClassCounters()
}

/// Counts of responses by the first digit of their status.
final class StatusClassCounters: Sendable {
    let one = LoopCounter()
    let two = LoopCounter()
    let three = LoopCounter()
    let four = LoopCounter()
    let five = LoopCounter()

    /// Counts a response; statuses from 600 on count as 5xx.
    @inline(__always)
    func count(_ status: Int) {
        switch status {
        case ..<200: one.add()
        case ..<300: two.add()
        case ..<400: three.add()
        case ..<500: four.add()
        default: five.add()
        }
    }

    /// The counts of 1xx to 5xx.
    var all: [Int] { [one.current, two.current, three.current, four.current, five.current] }
}
