import ProxyConfiguration
import ProxyRouting

/// The routes of one connection manager with what the data plane keeps beside each.
struct RouteTable: Sendable {
    /// What belongs to a route that forwards.
    struct Forward: Sendable {
        let plan: ForwardPlan
        /// The clusters in the order of the route's targets.
        let clusters: [ClusterReference]
    }

    let table: RoutingTable
    let normalization: PathNormalization
    private let forwards: [Forward?]

    /// Prepares the routes of a checked configuration, whose cluster names are `clusters`.
    init(_ manager: HTTPConnectionManager, clusters: [String]) {
        normalization = manager.path
        let table = RoutingTable(manager.routes)
        self.table = table
        forwards = table.routes.map { route in
            guard case .forward(let forward) = route.action else { return nil }
            return Forward(
                plan: ForwardPlan(forward.action, route.name, route.virtualHost),
                clusters: forward.targets.map { target in
                    ClusterReference(index: clusters.firstIndex(of: target.cluster) ?? -1, name: target.cluster)
                }
            )
        }
    }

    /// What belongs to a route of this table, or nil when it does not forward.
    func forward(_ route: CompiledRoute) -> Forward? {
        forwards.indices.contains(route.number) ? forwards[route.number] : nil
    }
}
