import COpenSSL

extension TLSConnection {
    /// What the session was doing when it failed.
    enum Activity {
        /// Agreeing on keys and identities.
        case handshake
        /// Carrying data.
        case transfer
    }

    /// What OpenSSL's errors mean.
    ///
    /// | OpenSSL | code |
    /// |---|---|
    /// | HTTP request or proxy request | `plainHTTP` |
    /// | no shared version, cipher suite, group | `noCommonParameters` |
    /// | no shared application protocol | `noCommonProtocol` |
    /// | certificate verify failed | `rejectedCertificate`, with the reason of the verification |
    /// | an alert from the peer | `receivedAlert` |
    /// | end of input | `handshakeInterrupted`, `uncleanShutdown` |
    /// | a call after the end | `closed` |
    /// | anything else | `handshakeFailed`, `protocolViolation` |
    func failure(_ queue: ErrorQueue, during activity: Activity) -> OpenSSLError {
        let general: OpenSSLError.Code = activity == .handshake ? .handshakeFailed : .protocolViolation
        guard let cause = queue.entries.first(where: { $0.library == ERR_LIB_SSL }) else {
            return queue.error(general, "the TLS session failed")
        }
        switch cause.reason {
        case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST:
            return queue.error(.plainHTTP, "the peer spoke plain HTTP; use https")
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_WRONG_VERSION_NUMBER, SSL_R_VERSION_TOO_LOW, SSL_R_NO_SHARED_CIPHER,
            SSL_R_NO_SUITABLE_GROUPS, SSL_R_NO_SUITABLE_KEY_SHARE, SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM:
            return queue.error(.noCommonParameters, "no TLS version, cipher suite or group in common")
        case SSL_R_NO_APPLICATION_PROTOCOL:
            return queue.error(.noCommonProtocol, "no application protocol in common")
        case SSL_R_CERTIFICATE_VERIFY_FAILED:
            return OpenSSLError(.rejectedCertificate, "the peer's certificate was not accepted: \(verification)")
        case SSL_R_UNEXPECTED_EOF_WHILE_READING:
            return activity == .handshake
                ? OpenSSLError(.handshakeInterrupted, "the peer closed the connection during the handshake")
                : OpenSSLError(.uncleanShutdown, "the connection ended without close_notify")
        case SSL_R_PROTOCOL_IS_SHUTDOWN:
            return OpenSSLError(.closed, "the TLS session has ended")
        case SSL_AD_REASON_OFFSET...(SSL_AD_REASON_OFFSET + 255):
            return queue.error(.receivedAlert, "the peer sent an alert")
        default:
            return queue.error(general, "the TLS session failed")
        }
    }

    /// The verdict on the peer's certificate, in OpenSSL's words.
    private var verification: String {
        let result = unsafe SSL_get_verify_result(pointer)
        guard result != Int(X509_V_ERR_APPLICATION_VERIFICATION) else {
            return "none of its names is one of those that may connect"
        }
        // Safety: X509_verify_cert_error_string returns a constant string.
        guard let text = unsafe X509_verify_cert_error_string(result) else { return "code \(result)" }
        return unsafe String(cString: text)
    }
}
