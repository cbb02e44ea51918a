/// Where an ``HTTPClient`` connects to.
public struct HTTPEndpoint: Sendable, Equatable {
    /// A DNS name or an IP address, without brackets.
    public var host: String
    /// The port.
    public var port: Int
    /// The name or address that the server's certificate must have; the host unless said otherwise.
    public var serverName: String

    /// Names an endpoint.
    public init(host: String, port: Int, serverName: String? = nil) {
        self.host = host
        self.port = port
        self.serverName = serverName ?? host
    }

    /// The host and port as a URL has them, an IPv6 address in brackets (RFC 3986 section 3.2.2).
    public var authority: String {
        host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
