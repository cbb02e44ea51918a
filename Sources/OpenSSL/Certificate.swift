import COpenSSL

/// An X.509 certificate (RFC 5280).
public struct Certificate: Sendable {
    let handle: CertificateHandle

    init(handle: CertificateHandle) {
        self.handle = handle
    }

    /// Reads the first certificate of a PEM text.
    ///
    /// - Throws: `noCertificate` or `malformedPEM`.
    public init(pem: [UInt8]) throws(OpenSSLError) {
        self = try CertificateChain(pem: pem).leaf
    }

    /// The certificate as a PEM block.
    public func pem() throws(OpenSSLError) -> [UInt8] {
        let text = try MemoryBIO()
        try unsafe text.with { (bio) throws(OpenSSLError) in
            try ErrorQueue.success(.libraryFailure, "cannot write the certificate") {
                unsafe PEM_write_bio_X509(bio, handle.pointer)
            }
        }
        return text.bytes
    }

    /// Whether `key` is the private half of the public key in the certificate.
    public func matches(_ key: PrivateKey) -> Bool {
        let (result, _) = ErrorQueue.collecting {
            unsafe X509_check_private_key(handle.pointer, key.handle.pointer)
        }
        return result == 1
    }

    /// Whether the certificate may sign others (basic constraints and key usage, RFC 5280 section 4.2.1.9).
    public var isAuthority: Bool {
        let (result, _) = ErrorQueue.collecting { unsafe X509_check_ca(handle.pointer) }
        return result == 1
    }

    /// The SHA-256 hash of the encoded certificate, as 64 lower-case hexadecimal digits.
    public var fingerprint: String {
        unsafe digest(EVP_sha256())
    }

    /// The SHA-1 hash of the encoded certificate, as 40 lower-case hexadecimal digits: a name, and no proof.
    public var shortFingerprint: String {
        unsafe digest(EVP_sha1())
    }

    private func digest(_ algorithm: OpaquePointer?) -> String {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        // Safety: X509_digest writes at most EVP_MAX_MD_SIZE bytes and says how many.
        _ = ErrorQueue.collecting {
            unsafe digest.withUnsafeMutableBufferPointer { output in
                unsafe X509_digest(handle.pointer, algorithm, output.baseAddress, &length)
            }
        }
        return Hexadecimal.text(digest.prefix(Int(length)))
    }
}

extension Certificate: Equatable {
    /// Whether both have the same encoding.
    public static func == (left: Certificate, right: Certificate) -> Bool {
        let (result, _) = ErrorQueue.collecting { unsafe X509_cmp(left.handle.pointer, right.handle.pointer) }
        return result == 0
    }
}
