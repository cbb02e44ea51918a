public import Logging
import NIOCore
public import ServiceLifecycle

/// Runs listeners from bind to drain.
///
/// A program adds servers to a `ServiceGroup`; the group stops them in reverse order, so the port with the probes goes
/// first into the list and stays up while the others drain. A program without a group calls ``start()`` and, in the
/// end, ``drain()``.
public final class Server: Service {
    /// The phase of the server; the one its listeners were made with.
    public let state: ServerState
    /// The listeners it runs.
    public let listeners: [Listener]
    let policy: DrainPolicy
    let logger: Logger
    /// How often a draining server looks at its counters.
    private static let drainPoll = Duration.milliseconds(20)

    /// Makes a server over `listeners`, which share `state`.
    public init(listeners: [Listener], state: ServerState, drain policy: DrainPolicy = DrainPolicy(), logger: Logger) {
        self.listeners = listeners
        self.state = state
        self.policy = policy
        self.logger = logger
    }

    /// Connections open now, on all listeners.
    public var activeConnections: Int {
        listeners.reduce(0) { $0 + $1.counters.active }
    }

    /// Binds every listener and becomes ready; does nothing when that was done.
    ///
    /// - Throws: ``ListenerError`` of the first listener that cannot be bound; the others are closed again.
    public func start() async throws(ListenerError) {
        guard state.phase == .starting else { return }
        do {
            for listener in listeners where listener.boundAddress == nil {
                try await listener.bind()
            }
        } catch {
            await close()
            throw error
        }
        state.advance(to: .ready)
    }

    /// Starts, serves until graceful shutdown begins, and drains.
    ///
    /// Cancelling the task skips the drain.
    ///
    /// - Throws: ``ListenerError`` when a listener cannot be bound.
    public func run() async throws {
        try await start()
        do {
            try await gracefulShutdown()
        } catch {
            await close()
            return
        }
        await drain()
    }

    /// Leaves as ``DrainPolicy`` says; returns when every socket is closed, at the latest after the grace period.
    ///
    /// Readiness fails at once. The listeners go on accepting until nothing is left, or the grace period ends.
    public func drain() async {
        guard state.advance(to: .draining) else { return }
        logger.info("draining", metadata: ["connections": "\(activeConnections)"])
        listeners.forEach { $0.send(.started) }
        var schedule = DrainSchedule(start: .now(), policy: policy)
        while true {
            let lastAccepted = listeners.compactMap(\.counters.lastAccepted).max()
            switch schedule.next(now: .now(), active: activeConnections, lastAccepted: lastAccepted) {
            case .wait:
                break
            case .lastCall:
                state.advance(to: .refusing)
                listeners.forEach { $0.send(.lastCall) }
            case .finish(let complete):
                logger.info("drained", metadata: ["complete": "\(complete)", "cut_off": "\(activeConnections)"])
                return await close()
            }
            do {
                try await Task.sleep(for: Self.drainPoll)
            } catch {
                // Cancelled: whoever waits wants the end now.
                return await close()
            }
        }
    }

    /// Closes every listener and every connection at once.
    public func close() async {
        state.advance(to: .stopped)
        for listener in listeners {
            await listener.close()
            listener.closeConnections()
        }
    }
}
