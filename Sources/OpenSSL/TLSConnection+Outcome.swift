import COpenSSL

extension TLSConnection {
    /// The application protocol that was agreed on (RFC 7301), or nil when none was.
    public var negotiatedProtocol: String? {
        var start: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        // Safety: the name belongs to the session and is copied at once.
        unsafe SSL_get0_alpn_selected(pointer, &start, &length)
        guard length > 0, let start = unsafe start else { return nil }
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: Int(length)), as: UTF8.self)
    }

    /// The version that was agreed on, or nil before that.
    public var version: TLSVersion? {
        let number = unsafe SSL_version(pointer)
        return TLSVersion.allCases.first { $0.number == number }
    }

    /// The name that the client asked for (RFC 6066 section 3), or nil when it named none.
    public var serverName: String? {
        // Safety: the name belongs to the connection and is copied at once.
        guard let name = unsafe SSL_get_servername(pointer, TLSEXT_NAMETYPE_host_name) else { return nil }
        return unsafe String(cString: name)
    }

    /// The certificate that the peer was shown, or nil without one.
    public var ownCertificate: Certificate? {
        // Safety: the certificate belongs to the connection; the handle takes a reference of its own.
        guard let certificate = unsafe SSL_get_certificate(pointer), unsafe X509_up_ref(certificate) == 1 else {
            return nil
        }
        return Certificate(handle: unsafe CertificateHandle(taking: certificate))
    }

    /// The name of the cipher suite that was agreed on (as the IANA registry spells it), or nil before that.
    public var cipherSuite: String? {
        // Safety: the cipher and its name are constants of the library.
        guard let cipher = unsafe SSL_get_current_cipher(pointer) else { return nil }
        guard let name = unsafe SSL_CIPHER_standard_name(cipher) else { return nil }
        return unsafe String(cString: name)
    }

    /// The certificate that the peer proved to own and that was verified, or nil when it sent none.
    ///
    /// A client that does not verify servers gets what the server sent.
    public var peerCertificate: Certificate? {
        let (certificate, _) = unsafe ErrorQueue.collecting { unsafe SSL_get1_peer_certificate(pointer) }
        guard let certificate = unsafe certificate else { return nil }
        return Certificate(handle: unsafe CertificateHandle(taking: certificate))
    }
}
