import COpenSSL

extension TLSContext {
    /// How long a ticket is good for, in seconds.
    private static let ticketLifetime = 7_200

    /// What tells this program's sessions from those of others with the same keys.
    private static let sessionContext = Array("pillion".utf8)

    /// Gives each client one ticket, sealed with `keys`, by which its next connections need no certificate.
    ///
    /// Nothing is kept for it here, and no data is taken before the handshake ends (early data is off).
    func resumeSessions(sealedWith keys: SessionTicketKeys) throws(OpenSSLError) {
        unsafe COpenSSL_SSL_CTX_allow_tickets(pointer)
        unsafe SSL_CTX_set_timeout(pointer, Self.ticketLifetime)
        try ErrorQueue.success(.libraryFailure, "cannot turn TLS tickets on") {
            unsafe SSL_CTX_set_num_tickets(pointer, 1)
        }
        try ErrorQueue.success(.libraryFailure, "cannot name the sessions") {
            unsafe Self.sessionContext.withUnsafeBufferPointer {
                unsafe SSL_CTX_set_session_id_context(pointer, $0.baseAddress, UInt32($0.count))
            }
        }
        try ErrorQueue.success(.libraryFailure, "cannot use the keys of tickets") {
            // Safety: OpenSSL copies the bytes, of which there are as many as it asks for.
            unsafe keys.bytes.withUnsafeBufferPointer {
                unsafe COpenSSL_SSL_CTX_set_ticket_keys(pointer, $0.baseAddress, $0.count)
            }
        }
    }
}
