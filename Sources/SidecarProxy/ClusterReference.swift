/// A cluster that a route or a relay leads to.
struct ClusterReference: Sendable {
    /// Its place in the configuration.
    let index: Int
    /// Its name, which counts when the place is another's by now.
    let name: String
}
