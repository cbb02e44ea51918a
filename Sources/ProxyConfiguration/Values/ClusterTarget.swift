/// Which cluster requests or connections go to.
public enum ClusterTarget: Sendable, Equatable {
    /// `cluster`: this one; it exists.
    case cluster(String)
    /// `cluster_header`: the one that this header names; in lower case.
    case header(String)
    /// `weighted_clusters`: one of several; all exist, and their weights sum up to 1 at least.
    case weighted([WeightedCluster])
}

/// A cluster with its share: `route.v3.WeightedCluster.ClusterWeight`.
public struct WeightedCluster: Sendable, Equatable {
    /// `name`.
    public var name: String
    /// `weight`: its share of the sum of all; 0 for none.
    public var weight: UInt32
    /// Header changes for its requests.
    public var headers = HeaderMutations()
    /// `host_rewrite_literal`, which replaces the route's.
    public var hostRewrite: String?

    /// Makes a share.
    public init(name: String, weight: UInt32) {
        self.name = name
        self.weight = weight
    }
}
