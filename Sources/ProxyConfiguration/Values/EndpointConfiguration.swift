/// One endpoint of a cluster: `endpoint.v3.LbEndpoint`.
public struct EndpointConfiguration: Sendable, Hashable {
    /// `endpoint.address`: an IP address, or for clusters STRICT_DNS and LOGICAL_DNS a name, with a port.
    public var address: NetworkAddress
    /// `endpoint.hostname`: the name for `auto_host_rewrite`; empty means that of the address.
    public var hostname = ""
    /// `load_balancing_weight` (1).
    public var weight = 1
    /// `health_status`: false for UNHEALTHY, DRAINING and TIMEOUT.
    public var isHealthy = true
    /// `endpoint.health_check_config.port_value`: another port for health checks; nil for the same.
    public var healthCheckPort: UInt16?
    /// `endpoint.health_check_config.hostname`: the host of HTTP health checks; empty means the check's own.
    public var healthCheckHostname = ""

    /// Makes an endpoint.
    public init(_ address: NetworkAddress, weight: Int = 1) {
        self.address = address
        self.weight = weight
    }
}
