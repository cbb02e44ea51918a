/// What happens to the connections of a listener: `listener.v3.FilterChain`.
public struct FilterChain: Sendable, Equatable {
    /// `name`, in logs; may be empty.
    public var name = ""
    /// `filter_chain_match`: which connections.
    public var match = FilterChainMatch()
    /// `transport_socket` with a `DownstreamTlsContext`; nil for plain TCP.
    public var tls: DownstreamTLSContext?
    /// `transport_socket_connect_timeout`: for the handshake; nil for none, which is Envoy's default.
    public var handshakeTimeout: Duration?
    /// The last of `filters`.
    public var filter: NetworkFilter

    /// Makes a chain without TLS for all connections.
    public init(_ filter: NetworkFilter) {
        self.filter = filter
    }

    /// A chain of a connection manager.
    public static func http(_ manager: HTTPConnectionManager) -> FilterChain { FilterChain(.http(manager)) }
    /// A chain of a TCP proxy.
    public static func tcp(_ proxy: TCPProxy) -> FilterChain { FilterChain(.tcp(proxy)) }
}

/// The network filter that a chain ends in.
public enum NetworkFilter: Sendable, Equatable {
    /// `envoy.filters.network.http_connection_manager`.
    case http(HTTPConnectionManager)
    /// `envoy.filters.network.tcp_proxy`.
    case tcp(TCPProxy)
}
