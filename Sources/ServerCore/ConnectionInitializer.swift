public import NIOCore

/// Puts the handlers of one protocol layer on a new connection.
///
/// This is the seam between the listener and what is served: TLS is an initializer that decorates another one, HTTP is
/// an initializer, a TCP forwarder is an initializer. It runs on the channel's event loop, adds handlers through
/// `pipeline.syncOperations`, and returns; the connection ends when the channel's `closeFuture` completes.
public protocol ConnectionInitializer: Sendable {
    /// Adds this layer's handlers to `channel`.
    ///
    /// - Parameters:
    ///   - channel: The accepted channel. The call is made on its event loop.
    ///   - connection: What is known about the connection so far.
    /// - Throws: Any error; the listener closes the connection and logs it.
    func initialize(_ channel: any Channel, _ connection: ConnectionContext) throws
}
