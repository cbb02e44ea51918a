public import OpenSSL
public import ServerCore

extension PeerIdentity {
    /// The names in `certificate`, which the TLS layer has verified.
    public init(_ certificate: Certificate) {
        let names = certificate.alternativeNames
        self.init(commonName: certificate.commonName, dnsNames: names.dnsNames, uris: names.uris)
        fingerprint = certificate.fingerprint
        subject = certificate.subject
    }
}
