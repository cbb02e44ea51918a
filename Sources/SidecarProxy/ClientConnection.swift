import NIOCore
import ServerCore

/// What is known about a client's connection, the same for all its exchanges.
final class ClientConnection {
    /// The client's address without its port, for `x-forwarded-for`.
    let peer: String
    /// The client's address.
    let remote: SocketAddress?
    /// The address that the client reached.
    let local: SocketAddress?
    /// Whether the client came over TLS.
    let isTLS: Bool
    /// Who the client proved to be, or nil.
    let identity: PeerIdentity?

    init(_ channel: any Channel, _ connection: ConnectionContext) {
        peer = connection.peer?.ipAddress.map(Self.unmapped) ?? "unknown"
        remote = connection.peer
        local = channel.localAddress
        isTLS = connection.isTLS
        identity = connection.peerIdentity
    }

    // A dual-stack socket shows IPv4 peers as ::ffff:192.0.2.1.
    private static func unmapped(_ address: String) -> String {
        address.hasPrefix("::ffff:") && address.utf8.contains(UInt8(ascii: "."))
            ? String(address.dropFirst(7)) : address
    }
}
