import JSON
import Kubernetes

/// Where the API server reaches a webhook.
package enum WebhookClient: Sendable, Equatable {
    /// The path of the webhook that injects.
    private static let path = "/mutate"

    /// A Service of the cluster.
    case service(namespace: String, name: String, port: Int)
    /// An address outside of it.
    case url(String)

    /// Reads `NAMESPACE/NAME` or `NAMESPACE/NAME:PORT`; the port is 443 when none is named.
    ///
    /// - Throws: `invalidService`.
    package init(service text: String) throws(PolicyError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let names = parts.last?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false) ?? []
        let port = names.count == 2 ? Int(names[1]) : 443
        guard parts.count == 2, let name = names.first, KubernetesName.isLabel(String(parts[0])),
            KubernetesName.isLabel(String(name)),
            let port, (1...65_535).contains(port)
        else {
            throw PolicyError(
                code: .invalidService,
                reason: "--service '\(text.prefix(200))' is not NAMESPACE/NAME or NAMESPACE/NAME:PORT",
                location: "--service"
            )
        }
        self = .service(namespace: String(parts[0]), name: String(name), port: port)
    }

    /// Reads an address; without a path it gets the one that injects.
    ///
    /// - Throws: `invalidURL` for what the API server refuses: another scheme than https, a user, a query, a fragment.
    package init(url text: String) throws(PolicyError) {
        let scheme = "https://"
        let rest = text.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" }
        let isVisible = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard text.hasPrefix(scheme), !host.isEmpty, isVisible, text.utf8.count <= 2048,
            !rest.contains(where: { "@?#\"\\".contains($0) })
        else {
            throw PolicyError(
                code: .invalidURL,
                reason:
                    "--url '\(text.prefix(200))' is not https://HOST[:PORT][/PATH] without user, query and fragment",
                location: "--url"
            )
        }
        let path = rest.dropFirst(host.count)
        self = .url(path.isEmpty || path == "/" ? scheme + host + Self.path : text)
    }

    /// The `clientConfig`.
    var configuration: JSONObject {
        switch self {
        case .url(let url): ["url": .string(url)]
        case .service(let namespace, let name, let port):
            [
                "service": [
                    "name": .string(name), "namespace": .string(namespace), "path": .string(Self.path),
                    "port": .integer(port),
                ]
            ]
        }
    }
}
