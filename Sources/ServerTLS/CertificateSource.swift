public import ServiceLifecycle

/// Where a server's certificates come from, and what keeps them fresh: files, or the API server.
public protocol CertificateSource: Service {
    /// Where the server gets its TLS contexts.
    var contexts: TLSContextProvider { get }
    /// The state of the certificates, from any thread.
    var status: CertificateStatus { get }
    /// Looks for new certificates now: for SIGHUP.
    @discardableResult
    func reload() async throws -> CertificateReport
}
