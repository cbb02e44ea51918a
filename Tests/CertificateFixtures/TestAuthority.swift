import Foundation
public import OpenSSL

/// A certificate authority of one test, with validity around the present.
public struct TestAuthority {
    /// The authority.
    public let authority: CertificateAuthority

    /// Makes an authority that is valid from an hour ago for two.
    public init(_ name: String = "test authority") throws {
        authority = try CertificateAuthority.create(
            commonName: name,
            notBefore: Self.now - 3_600,
            notAfter: Self.now + 3_600
        )
    }

    /// The seconds since 1970.
    public static var now: Int64 { Int64(Date().timeIntervalSince1970) }

    /// What clients and servers trust.
    public var trusted: CertificateChain { CertificateChain(leaf: authority.certificate) }

    /// Issues a certificate and its key.
    public func issue(
        _ name: String = "server",
        purpose: CertificateTemplate.Purpose = .server,
        dnsNames: [String] = ["localhost"],
        ipAddresses: [String] = ["127.0.0.1", "::1"],
        uris: [String] = [],
        notBefore: Int64 = TestAuthority.now - 3_600,
        notAfter: Int64 = TestAuthority.now + 3_600
    ) throws -> (chain: CertificateChain, key: PrivateKey) {
        let key = try PrivateKey.generateP256()
        let template = CertificateTemplate(
            commonName: name,
            purpose: purpose,
            dnsNames: dnsNames,
            ipAddresses: ipAddresses,
            uris: uris,
            notBefore: notBefore,
            notAfter: notAfter
        )
        return (CertificateChain(leaf: try authority.issue(template, for: key)), key)
    }

    /// What a server with a certificate of this authority uses; with `clients` it asks for certificates of theirs.
    public func serverConfiguration(protocols: [String] = [], clients: CertificateChain? = nil) throws
        -> TLSServerConfiguration
    {
        let (chain, key) = try issue()
        return TLSServerConfiguration(
            chain: chain,
            key: key,
            clientAuthorities: clients,
            applicationProtocols: protocols
        )
    }

    /// What a client that trusts this authority uses.
    public func clientConfiguration(protocols: [String] = [], version: TLSVersion? = nil) -> TLSClientConfiguration {
        var configuration = TLSClientConfiguration(authorities: trusted, applicationProtocols: protocols)
        if let version {
            configuration.minimumVersion = version
            configuration.maximumVersion = version
        }
        return configuration
    }
}
