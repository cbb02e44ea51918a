public import NIOCore

/// The deadlines and bounds of a ``TLSHandler``.
public struct TLSHandlerLimits: Sendable, Equatable {
    /// How long the handshake may take, from the moment the channel is active.
    ///
    /// The API server allows 10 s as well.
    public var handshakeTimeout: TimeAmount
    /// How long to wait for the peer's close_notify, or for it to take in our alert, before the channel is closed.
    public var shutdownTimeout: TimeAmount
    /// The most plaintext that is kept until the handshake is complete, in bytes.
    public var maximumHeldBytes: Int

    /// Makes limits; the defaults are 10 s, 2 s and 1 MiB.
    public init(
        handshakeTimeout: TimeAmount = .seconds(10),
        shutdownTimeout: TimeAmount = .seconds(2),
        maximumHeldBytes: Int = 1 << 20
    ) {
        self.handshakeTimeout = handshakeTimeout
        self.shutdownTimeout = shutdownTimeout
        self.maximumHeldBytes = maximumHeldBytes
    }
}
