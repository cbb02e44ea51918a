/// A place to accept connections: `listener.v3.Listener`.
public struct ListenerConfiguration: Sendable, Equatable {
    /// `name`, in logs and `/listeners`; may be empty.
    public var name: String
    /// `address`: where to listen.
    public var address: NetworkAddress
    /// `filter_chains`; the most specific that matches takes a connection.
    ///
    /// | rank | what a chain asks for |
    /// |---|---|
    /// | 1 | `server_names`: exact, then the longest `*.suffix`, then none |
    /// | 2 | `transport_protocol`: the same, then none |
    /// | 3 | `application_protocols`: one of the client's, then none |
    public var filterChains: [FilterChain]
    /// `default_filter_chain`: takes connections that no other does; without one they are closed.
    public var defaultFilterChain: FilterChain?
    /// `listener_filters` has `tls_inspector`: the first bytes of a connection tell the transport protocol, the
    /// server name and the application protocols; without it only chains that ask for none of them match.
    public var inspectsTLS = false
    /// `listener_filters_timeout` (15 s): for those first bytes; nil for as long as it takes.
    public var inspectionTimeout: Duration? = .seconds(15)
    /// `continue_on_listener_filters_timeout`: whether the connection is then taken as plain (false: closed).
    public var continuesOnInspectionTimeout = false
    /// `per_connection_buffer_limit_bytes`: a soft limit for what waits to be sent, in bytes from 1; nil, the default,
    /// for 64 KiB, unlike Envoy's 1 MiB.
    public var bufferLimit: Int?
    /// `traffic_direction` (UNSPECIFIED), in logs.
    public var direction = TrafficDirection.unspecified

    /// Makes a listener.
    public init(name: String, address: NetworkAddress, filterChains: [FilterChain]) {
        self.name = name
        self.address = address
        self.filterChains = filterChains
    }

    /// Makes a listener with one chain for all connections.
    public init(name: String, address: NetworkAddress, filterChain: FilterChain) {
        self.init(name: name, address: address, filterChains: [filterChain])
    }
}

/// Where a listener's traffic goes: `core.v3.TrafficDirection`.
public enum TrafficDirection: String, Sendable, CaseIterable {
    /// Not said.
    case unspecified = "UNSPECIFIED"
    /// To the application.
    case inbound = "INBOUND"
    /// From the application.
    case outbound = "OUTBOUND"
}
