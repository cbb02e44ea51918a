import COpenSSL

extension TLSContext {
    /// Cipher suites of TLS 1.2: ephemeral elliptic curves and authenticated encryption only.
    private static let tls12Suites = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    ].joined(separator: ":")

    /// Cipher suites of TLS 1.3.
    private static let tls13Suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"

    /// Groups for the key exchange, in order of preference.
    private static let groups = "X25519:P-256:P-384"

    /// The most bytes of certificates that a peer may send.
    ///
    /// A chain of three with 4,096-bit RSA keys is 5 KiB.
    private static let maximumPeerChain = 16 * 1_024

    /// Sets what every context has: versions, suites, groups, limits, and nothing kept between connections.
    func harden(from minimum: TLSVersion, to maximum: TLSVersion) throws(OpenSSLError) {
        unsafe COpenSSL_SSL_CTX_set_hardened_options(pointer)
        unsafe COpenSSL_SSL_CTX_set_modes(pointer)
        unsafe COpenSSL_SSL_CTX_disable_session_cache(pointer)
        unsafe COpenSSL_SSL_CTX_set_max_cert_list(pointer, Self.maximumPeerChain)
        try ErrorQueue.success(.libraryFailure, "cannot turn TLS tickets off") {
            unsafe SSL_CTX_set_num_tickets(pointer, 0)
        }
        try ErrorQueue.success(.invalidConfiguration, "cannot use \(minimum.rawValue) to \(maximum.rawValue)") {
            unsafe COpenSSL_SSL_CTX_set_protocol_range(pointer, minimum.number, maximum.number)
        }
        try ErrorQueue.success(.libraryFailure, "no TLS 1.2 cipher suite is available") {
            unsafe SSL_CTX_set_cipher_list(pointer, Self.tls12Suites)
        }
        try ErrorQueue.success(.libraryFailure, "no TLS 1.3 cipher suite is available") {
            unsafe SSL_CTX_set_ciphersuites(pointer, Self.tls13Suites)
        }
        try ErrorQueue.success(.libraryFailure, "the groups \(Self.groups) are not available") {
            unsafe COpenSSL_SSL_CTX_set1_groups_list(pointer, Self.groups)
        }
    }

    /// Presents `chain`, and proves it with `key`.
    func use(_ chain: CertificateChain, _ key: PrivateKey) throws(OpenSSLError) {
        guard chain.leaf.matches(key) else {
            throw OpenSSLError(.keyMismatch, "the private key does not belong to the certificate")
        }
        try ErrorQueue.success(.invalidConfiguration, "the certificate cannot be used for TLS") {
            unsafe SSL_CTX_use_certificate(pointer, chain.leaf.handle.pointer)
        }
        for certificate in chain.others {
            try ErrorQueue.success(.invalidConfiguration, "an intermediate certificate cannot be used for TLS") {
                unsafe COpenSSL_SSL_CTX_add1_chain_cert(pointer, certificate.handle.pointer)
            }
        }
        try ErrorQueue.success(.invalidConfiguration, "the private key cannot be used for TLS") {
            unsafe SSL_CTX_use_PrivateKey(pointer, key.handle.pointer)
        }
    }

    /// Trusts the certificates of `authorities` and no others, each for itself.
    ///
    /// A bundle may hold an intermediate authority without its root; it is trusted as it stands.
    func trust(_ authorities: CertificateChain) throws(OpenSSLError) {
        let store = unsafe try ErrorQueue.pointer(.libraryFailure, "cannot reach the certificate store") {
            unsafe SSL_CTX_get_cert_store(pointer)
        }
        try ErrorQueue.success(.libraryFailure, "cannot set up the certificate store") {
            unsafe X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        }
        for certificate in authorities.certificates {
            try ErrorQueue.success(.libraryFailure, "cannot trust \(certificate.subject)") {
                unsafe X509_STORE_add_cert(store, certificate.handle.pointer)
            }
        }
    }

    /// Refuses what `lists` have revoked, and whatever they say nothing about.
    ///
    /// - Parameters:
    ///   - lists: The lists; with none nothing is refused.
    ///   - leafOnly: Whether nothing is asked about the authorities between.
    /// - Throws: `libraryFailure`.
    func refuse(revokedBy lists: [RevocationList], leafOnly: Bool) throws(OpenSSLError) {
        guard !lists.isEmpty else { return }
        let flags = leafOnly ? X509_V_FLAG_CRL_CHECK : X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL
        let store = unsafe try ErrorQueue.pointer(.libraryFailure, "cannot reach the certificate store") {
            unsafe SSL_CTX_get_cert_store(pointer)
        }
        try ErrorQueue.success(.libraryFailure, "cannot set up the certificate store") {
            unsafe X509_STORE_set_flags(store, UInt(flags))
        }
        for list in lists {
            try ErrorQueue.success(.libraryFailure, "cannot use the revocation list of \(list.issuer)") {
                unsafe X509_STORE_add_crl(store, list.handle.pointer)
            }
        }
    }

    /// Asks clients for a certificate; with a wrong one the handshake fails, without one only where it is required.
    func requestClientCertificates(signedBy authorities: CertificateChain?, isRequired: Bool) throws(OpenSSLError) {
        // No callback that could overrule the library's refusal.
        let mode = isRequired ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT : SSL_VERIFY_PEER
        unsafe SSL_CTX_set_verify(pointer, mode, nil)
        guard let authorities else { return }
        try trust(authorities)
        try ErrorQueue.success(.libraryFailure, "cannot require certificates of clients") {
            unsafe SSL_CTX_set_purpose(pointer, X509_PURPOSE_SSL_CLIENT)
        }
        for certificate in authorities.certificates {
            try ErrorQueue.success(.libraryFailure, "cannot announce \(certificate.subject)") {
                unsafe SSL_CTX_add_client_CA(pointer, certificate.handle.pointer)
            }
        }
    }
}
