import NIOCore

/// The endpoints of one loop that connections are to be made to.
///
/// A connection costs as much as several requests, and a client can ask for a hundred with one packet and take it back
/// with the same one. So connections are begun when everything that is at hand has been read, only for those who still
/// wait, and a few in each turn of the loop.
final class ConnectRound {
    /// How many are begun in one turn.
    private static let most = 8
    /// Until the next turn: just enough that the loop looks at its sockets first.
    private static let pause = TimeAmount.microseconds(20)

    private let eventLoop: any EventLoop
    private var waiting = CircularBuffer<UpstreamEndpoint>()
    private var isScheduled = false

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Has ``UpstreamEndpoint/beginConnecting()`` called soon.
    func add(_ endpoint: UpstreamEndpoint) {
        waiting.append(endpoint)
        guard !isScheduled else { return }
        isScheduled = true
        eventLoop.assumeIsolated().execute { [self] in begin() }
    }

    private func begin() {
        isScheduled = false
        var count = 0
        while count < Self.most, let endpoint = waiting.popFirst() {
            if endpoint.beginConnecting() { count += 1 }
        }
        guard !waiting.isEmpty else { return }
        isScheduled = true
        eventLoop.assumeIsolated().scheduleTask(in: Self.pause) { [self] in begin() }
    }
}
