/// What log lines say of a client's connection, the same for all its requests.
public final class LogConnection: Sendable {
    /// The client's certificate, as far as log lines name it.
    public struct Peer: Sendable, Hashable {
        /// `%DOWNSTREAM_PEER_SUBJECT%`.
        public var subject: String?
        /// `%DOWNSTREAM_PEER_ISSUER%`.
        public var issuer: String?
        /// `%DOWNSTREAM_PEER_SERIAL%`, in lower-case hexadecimal.
        public var serial: String?
        /// `%DOWNSTREAM_PEER_FINGERPRINT_256%`: SHA-256 of the certificate in hexadecimal.
        public var fingerprint256: String?
        /// `%DOWNSTREAM_PEER_FINGERPRINT_1%`: SHA-1 of the certificate in hexadecimal.
        public var fingerprint1: String?
        /// `%DOWNSTREAM_PEER_URI_SAN%`, several joined by commas.
        public var uriNames: String?
        /// `%DOWNSTREAM_PEER_DNS_SAN%`, several joined by commas.
        public var dnsNames: String?
        /// `%DOWNSTREAM_PEER_IP_SAN%`, several joined by commas.
        public var ipNames: String?
        /// `%DOWNSTREAM_PEER_CERT_V_START%`: when it begins to be valid, in seconds since the beginning of 1970.
        public var validFrom: Int?
        /// `%DOWNSTREAM_PEER_CERT_V_END%`: when it ends to be valid, in seconds since the beginning of 1970.
        public var validUntil: Int?

        /// Makes an empty description.
        public init() {}
    }

    /// A number that no other connection of this run has.
    public let identifier: UInt64
    /// The client's address with port, after trusted hops and PROXY headers.
    public let remoteAddress: String
    /// The address at the other end of the socket, with port.
    public let directRemoteAddress: String
    /// The address that the client connected to, with port.
    public let localAddress: String
    /// The name that the client asked for by SNI.
    public let requestedServerName: String?
    /// `TLSv1.3` or `TLSv1.2`.
    public let tlsVersion: String?
    /// The cipher suite's name.
    public let tlsCipher: String?
    /// The session in hexadecimal.
    public let tlsSession: String?
    /// The URIs in the proxy's own certificate, several joined by commas.
    public let localURINames: String?
    /// The client's certificate.
    public let peer: Peer?

    /// Makes a description of a connection.
    public init(
        identifier: UInt64,
        remoteAddress: String,
        directRemoteAddress: String? = nil,
        localAddress: String,
        requestedServerName: String? = nil,
        tlsVersion: String? = nil,
        tlsCipher: String? = nil,
        tlsSession: String? = nil,
        localURINames: String? = nil,
        peer: Peer? = nil
    ) {
        self.identifier = identifier
        self.remoteAddress = remoteAddress
        self.directRemoteAddress = directRemoteAddress ?? remoteAddress
        self.localAddress = localAddress
        self.requestedServerName = requestedServerName
        self.tlsVersion = tlsVersion
        self.tlsCipher = tlsCipher
        self.tlsSession = tlsSession
        self.localURINames = localURINames
        self.peer = peer
    }
}
