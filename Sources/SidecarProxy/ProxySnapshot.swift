import OpenSSL
import ProxyConfiguration

/// A whole configuration, made ready: built in full before anything of it is used, and never changed.
final class ProxySnapshot: Sendable {
    let bootstrap: Bootstrap
    /// When it was made, in seconds since 1970.
    let created = HTTPDate.now()
    /// In the order of the bootstrap's listeners.
    let listeners: [ListenerPlan]
    /// In the order of the bootstrap's clusters; nil for those spoken to in plain.
    let clusterCredentials: [ClientCredentials?]

    /// Prepares `bootstrap`, which takes the place of `old`.
    ///
    /// Blocks while certificates are read.
    ///
    /// - Throws: What is wrong with a certificate, a key or an access log's format.
    init(_ bootstrap: Bootstrap, after old: ProxySnapshot? = nil, spans: SpanQueues) throws {
        self.bootstrap = bootstrap
        let names = bootstrap.clusters.map(\.name)
        var listeners: [ListenerPlan] = []
        for listener in bootstrap.listeners {
            listeners.append(try ListenerPlan(listener, clusters: names, spans: spans))
        }
        self.listeners = listeners
        var credentials: [ClientCredentials?] = []
        for cluster in bootstrap.clusters {
            guard let tls = cluster.tls else {
                credentials.append(nil)
                continue
            }
            // The loops keep clusters that have not changed, and those their credentials.
            if let kept = old?.credentials(of: cluster) {
                credentials.append(kept)
                continue
            }
            credentials.append(try ClientCredentials(tls, version: cluster.http.version, label: cluster.name))
        }
        clusterCredentials = credentials
    }

    private func credentials(of cluster: ClusterConfiguration) -> ClientCredentials? {
        guard let index = bootstrap.clusters.firstIndex(of: cluster) else { return nil }
        return clusterCredentials.indices.contains(index) ? clusterCredentials[index] : nil
    }

    /// All certificates in use.
    var credentials: [any Credentials] {
        listeners.flatMap { $0.all.compactMap { $0.credentials as (any Credentials)? } }
            + clusterCredentials.compactMap { $0 as (any Credentials)? }
    }
}
