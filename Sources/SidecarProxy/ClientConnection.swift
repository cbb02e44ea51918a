import AccessLog
import NIOCore
import ProxyConfiguration
import ProxyHeaders
import ServerCore

/// What is known about a client's connection, the same for all its exchanges.
final class ClientConnection {
    /// The client's address without its port, for `x-forwarded-for`.
    let peer: String
    /// The client's address.
    let remote: SocketAddress?
    /// The address that the client reached.
    let local: SocketAddress?
    /// Its port; 0 for none.
    let localPort: Int
    /// Whether the client came over TLS.
    let isTLS: Bool
    /// Who the client proved to be, or nil.
    let identity: PeerIdentity?

    private var made: (policy: ForwardedClientCertificate, element: String)?
    /// The same for log lines.
    let log: LogConnection

    init(_ channel: any Channel, _ connection: ConnectionContext, identifier: UInt64) {
        peer = connection.peer?.ipAddress.map(Self.unmapped) ?? "unknown"
        remote = connection.peer
        local = channel.localAddress
        localPort = local?.port ?? 0
        isTLS = connection.isTLS
        identity = connection.peerIdentity
        var certificate: LogConnection.Peer?
        if let identity {
            var made = LogConnection.Peer()
            made.subject = identity.subject
            made.fingerprint256 = identity.fingerprint
            made.uriNames = identity.uris.isEmpty ? nil : identity.uris.joined(separator: ",")
            made.dnsNames = identity.dnsNames.isEmpty ? nil : identity.dnsNames.joined(separator: ",")
            certificate = made
        }
        log = LogConnection(
            identifier: identifier,
            remoteAddress: Self.text(remote),
            localAddress: Self.text(local),
            peer: certificate
        )
    }

    /// The element of `x-forwarded-client-cert` for the client's certificate; nil without one.
    func element(_ policy: ForwardedClientCertificate) -> String? {
        guard let identity else { return nil }
        if let made, made.policy == policy { return made.element }
        let certificate = ClientCertificate(
            sha256: identity.fingerprint,
            subject: identity.subject,
            uriNames: identity.uris,
            dnsNames: identity.dnsNames
        )
        let element = policy.element(for: certificate, localURINames: [])
        made = (policy, element)
        return element
    }

    private static func text(_ address: SocketAddress?) -> String {
        guard let address, let host = address.ipAddress else { return "unknown" }
        return NetworkAddress(host: unmapped(host), port: UInt16(clamping: address.port ?? 0)).description
    }

    // A dual-stack socket shows IPv4 peers as ::ffff:192.0.2.1.
    private static func unmapped(_ address: String) -> String {
        address.hasPrefix("::ffff:") && address.utf8.contains(UInt8(ascii: "."))
            ? String(address.dropFirst(7)) : address
    }
}
