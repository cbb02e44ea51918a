public import Logging
public import NIOCore
import Synchronization

/// Listens on one address and gives every accepted connection to a ``ConnectionInitializer``.
///
/// The listener enforces ``ConnectionLimits``, knows its live connections by event loop, and passes ``DrainEvent`` on
/// to them. Closing it closes the listening sockets only; the connections have their own end.
public final class Listener: Sendable {
    /// How the listener spreads accepted connections over event loops.
    public enum Mode: Sendable, Equatable {
        /// One socket, whose connections go to the loops in turn.
        ///
        /// `SO_REUSEPORT` is never set: it would hide that another program has the port.
        case single
        /// One socket a loop with `SO_REUSEPORT`, so that the kernel spreads connections and none changes its loop.
        ///
        /// That the port is free is first proved by a plain bind.
        case perLoop
    }

    /// What the listener counts.
    public let counters = ConnectionCounters()
    /// The name of the listener in logs.
    public let label: String
    /// The address that was asked for.
    public let address: ListenAddress
    /// The phase of the server that the listener belongs to; handed to every connection.
    public let state: ServerState

    let mode: Mode
    let loops: [any EventLoop]
    let group: any EventLoopGroup
    let limits: ConnectionLimits
    let initializer: any ConnectionInitializer
    let logger: Logger
    let admission: ConnectionAdmission
    let sockets = Mutex<[any Channel]>([])
    private let registries: [ObjectIdentifier: NIOLoopBoundBox<ConnectionRegistry>]

    /// Makes a listener; nothing is bound before ``bind()``.
    ///
    /// - Parameters:
    ///   - label: The name in logs, such as `webhook`.
    ///   - address: Where to listen.
    ///   - mode: How connections are spread over the loops.
    ///   - group: The event loops that own the connections; a single loop is a group of one.
    ///   - limits: How many connections may be open.
    ///   - state: The phase of the server.
    ///   - initializer: Serves the connections.
    ///   - logger: Told about failed set-ups and pauses, never about each connection.
    public init(
        label: String,
        address: ListenAddress,
        mode: Mode = .single,
        group: any EventLoopGroup,
        limits: ConnectionLimits = ConnectionLimits(),
        state: ServerState,
        initializer: any ConnectionInitializer,
        logger: Logger
    ) {
        self.label = label
        self.address = address
        self.mode = mode
        self.group = group
        self.loops = Array(group.makeIterator())
        self.limits = limits
        self.state = state
        self.initializer = initializer
        var logger = logger
        logger[metadataKey: "listener"] = "\(label)"
        self.logger = logger
        self.admission = ConnectionAdmission(limits: limits, counters: counters)
        var registries: [ObjectIdentifier: NIOLoopBoundBox<ConnectionRegistry>] = [:]
        for loop in loops {
            registries[ObjectIdentifier(loop)] = .makeBoxSendingValue(ConnectionRegistry(), eventLoop: loop)
        }
        self.registries = registries
    }

    /// The address in use, with the port that the system chose; nil before ``bind()`` and after ``close()``.
    public var boundAddress: SocketAddress? {
        sockets.withLock { $0.first?.localAddress }
    }

    /// The TCP port in use; nil before ``bind()`` and after ``close()``.
    public var boundPort: Int? { boundAddress?.port }

    /// Sends `event` to every live connection.
    public func send(_ event: DrainEvent) {
        forEachRegistry { $0.send(event) }
    }

    /// Closes every live connection, whatever it is doing.
    public func closeConnections() {
        forEachRegistry { $0.closeAll() }
    }

    /// Closes the listening sockets, all together; returns when they are closed.
    public func close() async {
        let closing = sockets.withLock { sockets in
            defer { sockets = [] }
            return sockets
        }
        let results = closing.map { $0.close() }
        for result in results {
            // A socket that is already closed is what was asked for.
            _ = try? await result.get()
        }
    }

    /// The registry of the loop that owns `channel`.
    func registry(of channel: any Channel) -> ConnectionRegistry? {
        registries[ObjectIdentifier(channel.eventLoop)]?.value
    }

    private func forEachRegistry(_ body: @escaping @Sendable (ConnectionRegistry) -> Void) {
        for loop in loops {
            guard let registry = registries[ObjectIdentifier(loop)] else { continue }
            loop.execute { body(registry.value) }
        }
    }
}
