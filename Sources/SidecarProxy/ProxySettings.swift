public import Observability
public import ProxyConfiguration

/// What a proxy runs with: its configuration and what belongs to the process around it.
public struct ProxySettings: Sendable {
    /// Listeners and clusters.
    public var bootstrap: Bootstrap
    /// The event loops that carry traffic.
    public var concurrency = 1
    /// Where `/ready` is answered; nil for nowhere.
    public var health: NetworkAddress?
    /// Where `/stats/prometheus` is answered; nil for nowhere.
    public var metrics: NetworkAddress?
    /// Where the admin port listens; nil for nowhere.
    public var admin: NetworkAddress?
    /// The file that the configuration comes from; empty for none.
    public var configurationFile = ""
    /// The level of the log, which the admin port can change; nil for one that it cannot.
    public var logThreshold: LogThreshold?
    /// How the proxy leaves.
    public var exit = ExitPolicy()
    /// The version in metrics and `/server_info`.
    public var version: String

    /// Makes settings without any port but the listeners'.
    public init(bootstrap: Bootstrap, version: String) {
        self.bootstrap = bootstrap
        self.version = version
    }
}
