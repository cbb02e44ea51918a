public import OpenSSL
public import ServerCore

extension PeerIdentity {
    /// The names in `certificate`, which the TLS layer has verified.
    public init(_ certificate: Certificate) {
        let names = certificate.alternativeNames
        self.init(commonName: certificate.commonName, dnsNames: names.dnsNames, uris: names.uris)
    }

    /// Whether the common name, a DNS name or a URI is in `allowed`, byte for byte.
    ///
    /// For a list of clients that may call: no wildcards, no case folding, so that the list means what it says.
    public func bears(anyOf allowed: Set<String>) -> Bool {
        if let commonName, allowed.contains(commonName) { return true }
        return dnsNames.contains(where: allowed.contains) || uris.contains(where: allowed.contains)
    }
}
