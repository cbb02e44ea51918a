/// How a cluster's names are resolved.
public struct DNSOptions: Sendable, Hashable {
    /// `dns_lookup_family`.
    public enum Family: String, Sendable, CaseIterable {
        /// IPv6 addresses, or where there are none IPv4 addresses.
        case automatic = "AUTO"
        /// IPv4 addresses.
        case v4Only = "V4_ONLY"
        /// IPv6 addresses.
        case v6Only = "V6_ONLY"
        /// IPv4 addresses, or where there are none IPv6 addresses.
        case v4Preferred = "V4_PREFERRED"
        /// Addresses of both kinds.
        case all = "ALL"
    }

    /// `dns_refresh_rate` (5 s): from one answer to the next question; at least 1 ms.
    public var refreshRate = Duration.seconds(5)
    /// `dns_failure_refresh_rate.base_interval`: from a failure to the next question; nil for the refresh rate.
    public var failureBaseInterval: Duration?
    /// `dns_failure_refresh_rate.max_interval`, up to which it doubles (ten times the base).
    public var failureMaxInterval: Duration?
    /// `respect_dns_ttl`: whether the answer's own life counts instead (false).
    public var respectsTTL = false
    /// `dns_lookup_family` (AUTO).
    public var family = Family.automatic

    /// Makes the default values.
    public init() {}
}
