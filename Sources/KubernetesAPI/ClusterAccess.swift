public import HTTPClient

/// How a pod reaches the API server of its cluster (Kubernetes: "Accessing the API from a Pod").
public struct ClusterAccess: Sendable, Equatable {
    /// Where a pod's service account is mounted.
    public static let standardFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

    /// The API server.
    public var endpoint: HTTPEndpoint
    /// The folder with `token`, `ca.crt` and `namespace`; the kubelet replaces them as they expire.
    public var folder: String

    /// Names a server and the credentials for it.
    public init(endpoint: HTTPEndpoint, folder: String = standardFolder) {
        self.endpoint = endpoint
        self.folder = folder
    }

    /// Finds the API server as every pod does, by `KUBERNETES_SERVICE_HOST` and `KUBERNETES_SERVICE_PORT`.
    ///
    /// - Parameters:
    ///   - folder: Where the service account is mounted.
    ///   - variable: Gives the value of an environment variable.
    /// - Throws: `notInCluster`.
    public init(
        inClusterWith folder: String = standardFolder,
        environment variable: (String) -> String?
    ) throws(KubernetesAPIError) {
        guard let host = variable("KUBERNETES_SERVICE_HOST"), !host.isEmpty else {
            throw KubernetesAPIError(.notInCluster, "KUBERNETES_SERVICE_HOST is not set; this works in a pod only")
        }
        guard let port = Int(variable("KUBERNETES_SERVICE_PORT") ?? "443"), (1...65_535).contains(port) else {
            throw KubernetesAPIError(.notInCluster, "KUBERNETES_SERVICE_PORT is not a port")
        }
        self.init(endpoint: HTTPEndpoint(host: host, port: port), folder: folder)
    }

    /// The file of the token.
    var tokenPath: String { "\(folder)/token" }
    /// The file of the cluster's authority.
    var authorityPath: String { "\(folder)/ca.crt" }
    /// The file with the pod's namespace.
    var namespacePath: String { "\(folder)/namespace" }
}
