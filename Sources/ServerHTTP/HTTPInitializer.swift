public import Logging
public import NIOCore
public import ServerCore

/// Serves HTTP/1.1 on a connection: the initializer to put behind a listener or inside TLS.
///
/// One value serves all connections; they share the byte budget and the counters.
public struct HTTPInitializer: ConnectionInitializer {
    let environment: HTTPEnvironment

    /// Makes an initializer.
    ///
    /// - Parameters:
    ///   - responder: Answers the requests.
    ///   - limits: What one connection may cost.
    ///   - budget: The memory shared by all bodies; nil for one that fits the memory limit of the container.
    ///   - counters: Where to count.
    ///   - logger: Told, at debug level, about connections that end by an error.
    public init(
        responder: any HTTPResponder,
        limits: HTTPServerLimits = HTTPServerLimits(),
        budget: ByteBudget? = nil,
        counters: HTTPCounters = HTTPCounters(),
        logger: Logger
    ) {
        environment = HTTPEnvironment(
            responder: responder,
            limits: limits,
            budget: budget ?? ByteBudget(bodyBytes: limits.bodyBytes, memoryLimit: MemoryLimit.current()),
            counters: counters,
            date: DateField(),
            logger: logger
        )
    }

    /// What one connection may cost.
    public var limits: HTTPServerLimits { environment.limits }
    /// The memory that all bodies share.
    public var budget: ByteBudget { environment.budget }

    /// Adds the connection handler.
    public func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws {
        if !connection.isTLS {
            // A client may close its side after the request and still wait for the reply.
            try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
        }
        let handler = HTTPConnectionHandler(environment: environment, connection: connection)
        try channel.pipeline.syncOperations.addHandler(handler)
    }
}
