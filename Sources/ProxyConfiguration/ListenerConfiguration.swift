/// A place to accept connections: `listener.v3.Listener`.
public struct ListenerConfiguration: Sendable, Equatable {
    /// The name, in logs and `/listeners`.
    public var name: String
    /// Where to listen.
    public var address: NetworkAddress
    /// What happens to a connection.
    public var filterChain: FilterChain

    /// Makes a listener.
    public init(name: String, address: NetworkAddress, filterChain: FilterChain) {
        self.name = name
        self.address = address
        self.filterChain = filterChain
    }
}

/// The network filters of a listener: `listener.v3.FilterChain`, which ends in one terminal filter.
public enum FilterChain: Sendable, Equatable {
    /// `envoy.filters.network.http_connection_manager`.
    case http(HTTPConnectionManager)
}
