import OpenSSL

/// How the endpoints of a cluster are spoken to over TLS, on one event loop.
final class UpstreamTLS {
    /// The name to ask for and to check; nil to ask for none.
    let serverName: String?
    private let names: [SubjectNameMatch]
    private let made: TLSContext

    /// Makes the context.
    ///
    /// - Parameters:
    ///   - configuration: What is trusted and offered.
    ///   - serverName: The name of the server.
    ///   - names: What one of the certificate's alternative names must be; empty for anything.
    /// - Throws: What cannot be used of the configuration.
    init(_ configuration: TLSClientConfiguration, serverName: String?, names: [SubjectNameMatch]) throws(OpenSSLError) {
        made = try TLSContext(client: configuration)
        self.serverName = serverName
        self.names = names
    }

    /// The settings for a new connection.
    func context() -> TLSContext { made }

    /// Why a certificate that leads to a trusted authority will not do, or nil when it does.
    func refusal(of certificate: Certificate?) -> String? {
        guard !names.isEmpty else { return nil }
        guard let certificate else { return "the endpoint shows no certificate" }
        let found = certificate.alternativeNames
        let isNamed = names.contains { name in
            switch name.kind {
            case .dns: found.dnsNames.contains(where: name.matches)
            case .uri: found.uris.contains(where: name.matches)
            }
        }
        return isNamed ? nil : "the endpoint's certificate bears none of the names that are asked for"
    }
}
