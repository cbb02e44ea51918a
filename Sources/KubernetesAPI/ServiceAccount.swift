import OpenSSL

/// What the kubelet mounts for a service account, read anew for every request: the files change under a running pod.
public struct ServiceAccount: Sendable {
    /// The bearer token.
    let token: String
    /// The PEM text of the authorities that sign the API server's certificate.
    let authorities: [UInt8]

    /// Reads token and authorities; blocks for as long as the file system takes.
    ///
    /// - Throws: `unreadableCredentials`, located at the file.
    init(_ access: ClusterAccess) throws(KubernetesAPIError) {
        token = try Self.line(access.tokenPath)
        authorities = try Self.bytes(access.authorityPath)
    }

    /// The namespace of the pod.
    ///
    /// - Throws: `unreadableCredentials`, located at the file.
    public static func namespace(_ access: ClusterAccess) throws(KubernetesAPIError) -> String {
        let name = try line(access.namespacePath)
        guard ObjectReference.isName(name) else {
            throw KubernetesAPIError(.unreadableCredentials, "holds no name of a namespace", at: access.namespacePath)
        }
        return name
    }

    private static func bytes(_ path: String) throws(KubernetesAPIError) -> [UInt8] {
        do throws(OpenSSLError) {
            return try PEMFile.read(path)
        } catch {
            throw KubernetesAPIError(
                .unreadableCredentials,
                "\(error.reason); does the pod have automountServiceAccountToken: true?",
                at: path
            )
        }
    }

    private static func line(_ path: String) throws(KubernetesAPIError) -> String {
        let text = String(decoding: try bytes(path).filter { $0 > 0x20 && $0 < 0x7F }, as: UTF8.self)
        guard !text.isEmpty else { throw KubernetesAPIError(.unreadableCredentials, "is empty", at: path) }
        return text
    }
}
