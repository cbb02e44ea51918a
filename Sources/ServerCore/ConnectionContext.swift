public import NIOCore

/// What the layers of one connection know about it.
///
/// A value: a decorator hands its inner initializer a copy with more filled in (TLS adds the negotiated protocol and
/// the identity of the peer).
public struct ConnectionContext: Sendable {
    /// The address of the peer, where the socket has one.
    public var peer: SocketAddress?
    /// The event loop that owns the connection.
    public var eventLoop: any EventLoop
    /// The protocol agreed by ALPN (RFC 7301), or nil when none was negotiated or the connection is not TLS.
    public var negotiatedProtocol: String?
    /// Whether the bytes that reach the inner layer came over TLS.
    public var isTLS: Bool
    /// Who the peer proved to be by a verified client certificate, or nil when it sent none.
    public var peerIdentity: PeerIdentity?
    /// The phase of the server the connection belongs to.
    ///
    /// ``DrainEvent`` reaches only the handlers that are in the pipeline when it is sent; a handler added later (after
    /// a TLS handshake, or on a connection accepted while draining) asks here.
    public var serverState: ServerState

    /// Makes the context of a fresh plain connection.
    public init(peer: SocketAddress?, eventLoop: any EventLoop, serverState: ServerState = ServerState()) {
        self.peer = peer
        self.eventLoop = eventLoop
        self.negotiatedProtocol = nil
        self.isTLS = false
        self.peerIdentity = nil
        self.serverState = serverState
    }
}
