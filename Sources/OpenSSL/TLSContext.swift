import COpenSSL

/// The settings that TLS connections are made from, built once and never changed: one `SSL_CTX`.
///
/// TLS 1.2 and 1.3, ECDHE with AEAD suites, no compression, no renegotiation and no session cache: nothing is kept for
/// strangers. Tickets are given where a server's configuration says so, and used where a client's does.
/// A context may be shared between threads, but connections of different event loops then share its reference count;
/// give every loop its own.
@safe
public final class TLSContext: @unchecked Sendable {
    // Safety: the SSL_CTX is configured in the initializers only and read afterwards; OpenSSL counts references
    // atomically; deinit gives back the one that SSL_CTX_new returned. The callbacks' arguments are `protocols` and
    // `verification`, which live as long as this object, and every connection keeps this object.
    let pointer: OpaquePointer
    /// Whether connections of this context accept (and otherwise connect).
    let isServer: Bool
    /// Whether a server's name is checked.
    let verifiesServer: Bool
    /// The sessions that a client may resume.
    let sessions: TLSSessionStore?
    private let protocols: ApplicationProtocols
    private let verification: ClientVerification

    /// Makes the context of a server.
    ///
    /// - Throws: `keyMismatch`, `invalidConfiguration`, `libraryFailure`.
    public init(server configuration: TLSServerConfiguration) throws(OpenSSLError) {
        protocols = try ApplicationProtocols(configuration.applicationProtocols)
        verification = ClientVerification(
            names: configuration.clientNames,
            verifiesChain: !configuration.acceptsAnyChain,
            judge: configuration.acceptsClient
        )
        unsafe pointer = try Self.make(isServer: true)
        isServer = true
        verifiesServer = false
        sessions = nil
        try harden(from: configuration.minimumVersion, to: configuration.maximumVersion)
        try use(configuration.chain, configuration.key)
        if configuration.clientAuthorities != nil || configuration.acceptsAnyChain {
            try requestClientCertificates(
                signedBy: configuration.clientAuthorities,
                isRequired: configuration.requiresClientCertificate
            )
            unsafe SSL_CTX_set_verify_depth(pointer, configuration.maximumDepth)
            try refuse(revokedBy: configuration.revocationLists, leafOnly: configuration.revokesLeafOnly)
            let argument = unsafe Unmanaged.passUnretained(verification).toOpaque()
            unsafe SSL_CTX_set_cert_verify_callback(pointer, verifyClient, argument)
        } else if let keys = configuration.ticketKeys {
            try resumeSessions(sealedWith: keys)
        }
        if !configuration.applicationProtocols.isEmpty {
            let argument = unsafe Unmanaged.passUnretained(protocols).toOpaque()
            unsafe SSL_CTX_set_alpn_select_cb(pointer, selectApplicationProtocol, argument)
        }
    }

    /// Makes the context of a client.
    ///
    /// - Throws: `keyMismatch`, `invalidConfiguration` (a chain without key), `libraryFailure`.
    public init(client configuration: TLSClientConfiguration) throws(OpenSSLError) {
        protocols = try ApplicationProtocols(configuration.applicationProtocols)
        verification = ClientVerification(names: [])
        unsafe pointer = try Self.make(isServer: false)
        isServer = false
        verifiesServer = configuration.verifiesServer && configuration.checksName
        sessions = configuration.resumesSessions ? TLSSessionStore() : nil
        try harden(from: configuration.minimumVersion, to: configuration.maximumVersion)
        if let chain = configuration.chain {
            guard let key = configuration.key else {
                throw OpenSSLError(.invalidConfiguration, "a client certificate without its private key")
            }
            try use(chain, key)
        }
        if configuration.resumesSessions { unsafe COpenSSL_SSL_CTX_allow_tickets(pointer) }
        try verifyServer(configuration)
        try offerProtocols()
    }

    deinit {
        unsafe SSL_CTX_free(pointer)
    }

    private static func make(isServer: Bool) throws(OpenSSLError) -> OpaquePointer {
        unsafe try ErrorQueue.pointer(.libraryFailure, "cannot make a TLS context") {
            unsafe SSL_CTX_new(isServer ? TLS_server_method() : TLS_client_method())
        }
    }

    private func verifyServer(_ configuration: TLSClientConfiguration) throws(OpenSSLError) {
        guard configuration.verifiesServer else {
            unsafe SSL_CTX_set_verify(pointer, SSL_VERIFY_NONE, nil)
            return
        }
        unsafe SSL_CTX_set_verify(pointer, SSL_VERIFY_PEER, nil)
        unsafe SSL_CTX_set_verify_depth(pointer, configuration.maximumDepth)
        try refuse(revokedBy: configuration.revocationLists, leafOnly: configuration.revokesLeafOnly)
        if let authorities = configuration.authorities {
            try trust(authorities)
        } else {
            try ErrorQueue.success(.libraryFailure, "the system's certificate authorities cannot be read") {
                unsafe SSL_CTX_set_default_verify_paths(pointer)
            }
        }
    }

    private func offerProtocols() throws(OpenSSLError) {
        let encoded = protocols.encoded
        guard !encoded.isEmpty else { return }
        // SSL_CTX_set_alpn_protos is the one function that answers 0 for success.
        let (result, queue) = ErrorQueue.collecting {
            unsafe encoded.withUnsafeBufferPointer {
                unsafe SSL_CTX_set_alpn_protos(pointer, $0.baseAddress, UInt32(truncatingIfNeeded: $0.count))
            }
        }
        guard result == 0 else { throw queue.error(.libraryFailure, "cannot offer application protocols") }
    }
}

/// Called by OpenSSL when a client offers application protocols.
private func selectApplicationProtocol(
    _ ssl: OpaquePointer?,
    _ selected: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ selectedLength: UnsafeMutablePointer<UInt8>?,
    _ offer: UnsafePointer<UInt8>?,
    _ offerLength: UInt32,
    _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let argument = unsafe argument, let offer = unsafe offer else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    // Safety: the argument is the context's ApplicationProtocols, kept alive by it; the offer has `offerLength` bytes;
    // the answer points into the offer, which OpenSSL copies from when the callback returns.
    let protocols = unsafe Unmanaged<ApplicationProtocols>.fromOpaque(argument).takeUnretainedValue()
    let names = unsafe [UInt8](UnsafeBufferPointer(start: offer, count: Int(offerLength)))
    guard let range = protocols.select(from: names) else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    unsafe selected?.pointee = unsafe offer + range.lowerBound
    unsafe selectedLength?.pointee = UInt8(truncatingIfNeeded: range.count)
    return SSL_TLSEXT_ERR_OK
}
