import COpenSSL

/// What a server wants of clients' certificates, and whether OpenSSL looks at their chain first.
final class ClientVerification: Sendable {
    /// The names that may call: a common name, DNS name or URI, byte for byte; empty for every name.
    let names: Set<String>
    /// What else is asked of the certificate; nil for nothing.
    let judge: (@Sendable (Certificate) -> Bool)?
    /// Whether the chain must lead to an authority.
    let verifiesChain: Bool

    init(names: Set<String>, verifiesChain: Bool = true, judge: (@Sendable (Certificate) -> Bool)? = nil) {
        self.names = names
        self.verifiesChain = verifiesChain
        self.judge = judge
    }

    /// Whether a certificate whose chain is good, or does not matter, may pass.
    func accepts(_ certificate: Certificate) -> Bool {
        (names.isEmpty || certificate.bears(anyOf: names)) && judge?(certificate) ?? true
    }
}

/// Called by OpenSSL in place of its verification of a client's chain: runs that where it counts, then looks at the names.
func verifyClient(_ store: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) -> Int32 {
    guard let store = unsafe store, let argument = unsafe argument else { return 0 }
    // Safety: the argument is the context's ClientVerification, kept alive by it; the certificate is the store's, of
    // which the handle takes a reference of its own.
    let verification = unsafe Unmanaged<ClientVerification>.fromOpaque(argument).takeUnretainedValue()
    if verification.verifiesChain {
        let result = unsafe X509_verify_cert(store)
        guard result == 1 else { return result }
    } else {
        unsafe X509_STORE_CTX_set_error(store, X509_V_OK)
    }
    guard let pointer = unsafe X509_STORE_CTX_get0_cert(store), unsafe X509_up_ref(pointer) == 1 else { return 0 }
    let certificate = Certificate(handle: unsafe CertificateHandle(taking: pointer))
    guard verification.accepts(certificate) else {
        unsafe X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION)
        return 0
    }
    return 1
}
