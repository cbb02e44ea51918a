import AccessLog
import NIOCore
import OpenSSL
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
    /// The same for log lines; most connections are never logged.
    private(set) lazy var log = makeLog()

    private let identifier: UInt64
    private var tls: TLSHandler?
    private var made: (policy: ForwardedClientCertificate, element: String)?

    init(_ channel: any Channel, _ connection: ConnectionContext, identifier: UInt64) {
        peer = connection.peer?.ipAddress.map(Self.unmapped) ?? "unknown"
        remote = connection.peer
        local = channel.localAddress
        localPort = local?.port ?? 0
        isTLS = connection.isTLS
        identity = connection.peerIdentity
        self.identifier = identifier
        // What it tells is read when it is asked for.
        tls = connection.isTLS ? try? channel.pipeline.syncOperations.handler(type: TLSHandler.self) : nil
    }

    /// The connection is gone; what it was is still known.
    func end() { tls = nil }

    /// The element of `x-forwarded-client-cert` for the client's certificate; nil without one.
    func element(_ policy: ForwardedClientCertificate) -> String? {
        guard let identity else { return nil }
        if let made, made.policy == policy { return made.element }
        let pem = (policy.includesCertificate ? try? tls?.peerCertificate?.pem() : nil) ?? []
        let certificate = ClientCertificate(
            sha256: identity.fingerprint,
            subject: identity.subject,
            uriNames: identity.uris,
            dnsNames: identity.dnsNames,
            pem: String(decoding: pem, as: UTF8.self)
        )
        let element = policy.element(for: certificate, localURINames: ownURINames)
        made = (policy, element)
        return element
    }

    private var ownURINames: [String] { tls?.ownCertificate?.alternativeNames.uris ?? [] }

    private func makeLog() -> LogConnection {
        let uris = ownURINames
        return LogConnection(
            identifier: identifier,
            remoteAddress: Self.text(remote),
            localAddress: Self.text(local),
            requestedServerName: tls?.serverName,
            tlsVersion: tls?.version?.rawValue,
            tlsCipher: tls?.cipherSuite,
            localURINames: uris.isEmpty ? nil : uris.joined(separator: ","),
            peer: identity == nil ? nil : tls?.peerCertificate.map { LogConnection.Peer($0) }
        )
    }

    /// `192.0.2.1:80`, `[2001:db8::1]:80`, or `unknown`.
    static func text(_ address: SocketAddress?) -> String {
        guard let address, let host = address.ipAddress else { return "unknown" }
        return NetworkAddress(host: unmapped(host), port: UInt16(clamping: address.port ?? 0)).description
    }

    // A dual-stack socket shows IPv4 peers as ::ffff:192.0.2.1.
    private static func unmapped(_ address: String) -> String {
        address.hasPrefix("::ffff:") && address.utf8.contains(UInt8(ascii: "."))
            ? String(address.dropFirst(7)) : address
    }
}

extension LogConnection.Peer {
    /// Takes what log lines tell of a client's certificate.
    init(_ certificate: Certificate) {
        self.init()
        let names = certificate.alternativeNames
        subject = certificate.subject
        issuer = certificate.issuer
        serial = certificate.serialNumber.lowercased()
        fingerprint256 = certificate.fingerprint
        fingerprint1 = certificate.shortFingerprint
        uriNames = names.uris.isEmpty ? nil : names.uris.joined(separator: ",")
        dnsNames = names.dnsNames.isEmpty ? nil : names.dnsNames.joined(separator: ",")
        ipNames = names.ipAddresses.isEmpty ? nil : names.ipAddresses.joined(separator: ",")
        validFrom = Int(clamping: certificate.notBefore)
        validUntil = Int(clamping: certificate.notAfter)
    }
}
