public import ProxyConfiguration

/// Chooses endpoints of one cluster for the requests of one event loop.
///
/// A value without locks, clock or source of random numbers: all three come from the caller. Choosing and finishing
/// allocate nothing; tables are made again at the first choice after health or endpoints have changed.
///
/// Every index that ``choose(now:random:hash:excluding:)`` returns is a promise to call
/// ``finish(_:_:now:random:)`` for it once.
public struct LoadBalancer: Sendable {
    /// What it does.
    public let settings: BalancerSettings
    /// The endpoints; choices are indices into them.
    public private(set) var endpoints: [Endpoint]
    /// Which endpoints were ejected for their answers.
    public internal(set) var outliers: OutlierDetector
    var states: [EndpointState]
    /// The indices of the endpoints that get requests.
    var candidates: [Int] = []
    /// Whether so few endpoints are healthy that health is ignored, as of the last choice.
    public internal(set) var isPanicking = false
    /// Whether candidates and tables must be made again.
    var isStale = true
    var rotation = WeightedRoundRobin()
    var sampler = WeightedSampler()
    var ring = HashRing()
    var table = MaglevTable()
    var cursor = 0

    /// What is known of one endpoint.
    struct EndpointState: Sendable {
        var active = 0
        var health = EndpointHealth()
    }

    /// Makes a balancer.
    ///
    /// - Parameters:
    ///   - endpoints: The endpoints; of those with the same key only the first is used.
    ///   - settings: What it does.
    ///   - outlierSettings: When endpoints are ejected for their answers, or nil for never.
    ///   - initialHealth: The health of new endpoints: ``EndpointHealth/failedActiveCheck`` where the cluster has
    ///     active health checks, because the first of them has to pass.
    public init(
        _ endpoints: [Endpoint],
        settings: BalancerSettings = BalancerSettings(),
        outlierSettings: OutlierDetection? = nil,
        initialHealth: EndpointHealth = []
    ) {
        self.settings = settings
        self.endpoints = Self.distinct(endpoints)
        self.initialHealth = initialHealth
        outliers = OutlierDetector(outlierSettings)
        states = Array(repeating: EndpointState(health: initialHealth), count: self.endpoints.count)
        outliers.replace(Array(repeating: nil, count: self.endpoints.count))
    }

    private let initialHealth: EndpointHealth

    /// Takes the endpoints of a new answer of the resolver; those that stay keep their health and their requests.
    ///
    /// - Parameter new: The endpoints.
    /// - Returns: For each of ``endpoints`` the index it had before, or nil when it is new. Requests to endpoints that
    ///   are gone must not be finished any more.
    public mutating func replace(_ new: [Endpoint]) -> [Int?] {
        let new = Self.distinct(new)
        var places: [String: Int] = [:]
        for (index, endpoint) in endpoints.enumerated() { places[endpoint.key] = index }
        let origins = new.map { places[$0.key] }
        states = origins.map { origin in
            origin.map { states[$0] } ?? EndpointState(health: initialHealth)
        }
        outliers.replace(origins)
        endpoints = new
        cursor = 0
        isStale = true
        return origins
    }

    /// Takes the result of an active health check.
    public mutating func setActiveHealth(_ index: Int, isHealthy: Bool) {
        setFlag(.failedActiveCheck, of: index, to: !isHealthy)
    }

    /// Why the endpoint at `index` gets no requests; empty for a healthy one and for none.
    public func health(_ index: Int) -> EndpointHealth {
        states.indices.contains(index) ? states[index].health : []
    }

    /// The requests under way at the endpoint at `index`.
    public func activeRequests(_ index: Int) -> Int {
        states.indices.contains(index) ? states[index].active : 0
    }

    /// How many endpoints are healthy: `envoy_cluster_membership_healthy`.
    public var healthyCount: Int { states.count { $0.health.isEmpty } }

    mutating func setFlag(_ flag: EndpointHealth, of index: Int, to isSet: Bool) {
        guard states.indices.contains(index), states[index].health.contains(flag) != isSet else { return }
        if isSet { states[index].health.insert(flag) } else { states[index].health.remove(flag) }
        isStale = true
    }

    private static func distinct(_ endpoints: [Endpoint]) -> [Endpoint] {
        var seen: Set<String> = []
        return endpoints.filter { seen.insert($0.key).inserted }
    }
}
