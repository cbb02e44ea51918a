import JSON

/// An endpoint of a well-known program whose answer depends on something outside the sidecar.
struct KnownEndpoint {
    /// What an answer depends on.
    enum Dependency {
        /// The application in the same pod.
        case application
        /// A server elsewhere.
        case backend
    }

    /// The end of the image's repository.
    let repository: String
    /// The path, with its query where that decides.
    let path: String
    /// What the answer depends on.
    let dependency: Dependency
    /// The probes in which that does harm.
    let probes: [String]
    /// What to ask instead.
    let advice: String

    private static let both = ["startupProbe", "livenessProbe"]
    private static let liveness = ["livenessProbe"]

    /// Facts from the programs' own documentation and sources.
    private static let table: [KnownEndpoint] =
        ["dapr/daprd", "daprio/daprd"].map {
            KnownEndpoint(
                repository: $0,
                path: "/v1.0/healthz",
                dependency: .application,
                probes: both,
                advice: "use /v1.0/healthz/outbound, which does not wait for the application"
            )
        }
        + ["bitnami/jmx-exporter", "prom/jmx-exporter"].map {
            KnownEndpoint(
                repository: $0,
                path: "/metrics",
                dependency: .application,
                probes: both,
                advice: "probe the port by tcpSocket; every scrape asks the application's virtual machine"
            )
        }
        + ["/api/v1/health", "/api/v2/health"].map {
            KnownEndpoint(
                repository: "fluent/fluent-bit",
                path: $0,
                dependency: .backend,
                probes: both,
                advice: "use /, since this one counts errors of the outputs"
            )
        }
        + [
            KnownEndpoint(
                repository: "hashicorp/vault",
                path: "/v1/sys/health",
                dependency: .backend,
                probes: both,
                advice: "the agent passes the request on to the server; probe a file that it renders"
            ),
            KnownEndpoint(
                repository: "openpolicyagent/opa",
                path: "/health?bundles",
                dependency: .backend,
                probes: both,
                advice: "use /health, and the bundles in the readinessProbe only"
            ),
            KnownEndpoint(
                repository: "openpolicyagent/opa",
                path: "/health?plugins",
                dependency: .backend,
                probes: liveness,
                advice: "use /health, and the plugins in the readinessProbe only"
            ),
            KnownEndpoint(
                repository: "hashicorp/consul-dataplane",
                path: "/consul-dataplane/ready",
                dependency: .backend,
                probes: liveness,
                advice: "probe the port by tcpSocket; this endpoint waits for the Consul servers"
            ),
            KnownEndpoint(
                repository: "linkerd/proxy",
                path: "/ready",
                dependency: .backend,
                probes: liveness,
                advice: "use /live; this endpoint waits for the identity service"
            ),
            KnownEndpoint(
                repository: "istio/proxyv2",
                path: "/healthz/ready",
                dependency: .backend,
                probes: liveness,
                advice: "keep it in the startupProbe and readinessProbe; it waits for the control plane"
            ),
        ]
        + ["prometheuscommunity/postgres-exporter", "oliver006/redis_exporter", "prom/mysqld-exporter"].map {
            KnownEndpoint(
                repository: $0,
                path: "/metrics",
                dependency: .backend,
                probes: both,
                advice: "use /, since every scrape asks the database"
            )
        }

    /// The entry of the table that a probe of an image asks, or nil.
    static func find(
        _ field: String,
        _ probe: JSONValue,
        _ image: ImageName,
        _ dependency: Dependency
    ) -> KnownEndpoint? {
        guard let path = probe["httpGet"]?["path"]?.string else { return nil }
        return table.first { endpoint in
            endpoint.dependency == dependency && endpoint.probes.contains(field) && image.isFrom(endpoint.repository)
                && path.hasPrefix(endpoint.path) && endpoint.isEnd(path.dropFirst(endpoint.path.count))
        }
    }

    /// Whether a path that begins with the endpoint's ends there, or goes on with a query.
    private func isEnd(_ rest: Substring) -> Bool {
        rest.isEmpty || rest.first == "?" || rest.first == "&" || rest.first == "="
    }
}
