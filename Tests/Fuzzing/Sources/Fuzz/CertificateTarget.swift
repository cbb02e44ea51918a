import OpenSSL

/// Certificates, chains and keys as PEM text; all that is shown of one is asked for.
struct CertificateTarget: FuzzTarget {
    static let name = "certificates"

    func run(_ input: [UInt8]) {
        let key = try? PrivateKey(pem: input)
        if let key, let text = try? key.pem() {
            require((try? PrivateKey(pem: text)) != nil, "a key cannot be read again")
        }
        guard let chain = try? CertificateChain(pem: input) else { return }
        for certificate in chain.certificates {
            _ = (certificate.commonName, certificate.subject, certificate.issuer, certificate.alternativeNames)
            _ = (certificate.notBefore, certificate.notAfter, certificate.serialNumber, certificate.isAuthority)
            require(!certificate.fingerprint.isEmpty, "no fingerprint")
        }
        guard let text = try? chain.pem() else { return }
        require((try? CertificateChain(pem: text)) == chain, "a chain reads differently")
        guard let key else { return }
        let configuration = TLSServerConfiguration(chain: chain, key: key, clientAuthorities: chain)
        let context = try? TLSContext(server: configuration)
        require(context == nil || chain.leaf.matches(key), "a key of another certificate was taken")
    }
}
