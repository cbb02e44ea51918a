/// A certificate with its key: `tls.v3.TlsCertificate`.
public struct TLSCertificate: Sendable, Hashable {
    /// `certificate_chain`: PEM, the leaf first.
    public var chain: DataSource
    /// `private_key`: PEM, without a password.
    public var privateKey: DataSource

    /// Makes a pair; whether they fit together is seen when they are loaded.
    public init(chain: DataSource, privateKey: DataSource) {
        self.chain = chain
        self.privateKey = privateKey
    }
}
