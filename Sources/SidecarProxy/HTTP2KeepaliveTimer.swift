import HTTP2
import NIOCore
import ProxyConfiguration

/// The clock of one connection's ``HTTP2Keepalive``; a connection without `connection_keepalive` has none.
///
/// The loop holds it while a deadline is set, but it does not hold the connection.
final class HTTP2KeepaliveTimer {
    private weak var connection: (any HTTP2Connection)?
    private let worker: Worker
    private var keepalive: HTTP2Keepalive
    private var armed: NIODeadline?
    private var callback: NIOScheduledCallback?

    /// Begins with a connection; nil where nothing is configured.
    init?(_ settings: KeepaliveSettings?, _ connection: any HTTP2Connection) {
        guard let settings else { return nil }
        self.connection = connection
        worker = connection.worker
        keepalive = HTTP2Keepalive(settings, now: .now(), random: worker.identifier.next())
        arm()
    }

    /// Something has come from the peer.
    func receive() {
        // The clock is only read where it matters.
        if keepalive.watchesSilence { keepalive.receive(.now()) }
    }

    /// A stream is about to be opened: a PING may go ahead of it.
    func openStream() {
        guard keepalive.watchesSilence else { return }
        act(keepalive.openStream(.now()))
    }

    /// Something else than the answer to the PING has come.
    func hear() { keepalive.hear(.now()) }

    /// The answer to the PING has come.
    func acknowledge() {
        keepalive.acknowledge(.now(), random: worker.identifier.next())
        arm()
    }

    /// The connection ends.
    func stop() {
        connection = nil
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        callback = nil
        armed = nil
    }

    private func act(_ action: HTTP2Keepalive.Action) {
        guard let connection, !connection.session.hasFailed else { return stop() }
        switch action {
        case .nothing: break
        case .ask:
            connection.session.ping(worker.identifier.next())
            connection.flush()
        case .end:
            stop()
            return connection.keepaliveTimedOut()
        }
        arm()
    }

    /// Has the deadline looked at in time; one that moves later costs nothing until then.
    private func arm() {
        guard connection != nil, let deadline = keepalive.deadline else { return }
        if let armed, armed <= deadline { return }
        if let callback { worker.eventLoop.cancelScheduledCallback(callback) }
        armed = deadline
        // A loop that shuts down takes no callbacks; its connections end with it.
        callback = try? worker.eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
    }
}

extension HTTP2KeepaliveTimer: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) {
        armed = nil
        callback = nil
        act(keepalive.check(.now()))
    }
}
