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
    public var fingerprint: String { Hexadecimal.text(digest) }

    /// The SHA-1 hash of the encoded certificate, as 40 lower-case hexadecimal digits: a name, and no proof.
    public var shortFingerprint: String {
        Hexadecimal.text(unsafe Self.digest { unsafe X509_digest(handle.pointer, EVP_sha1(), $0, $1) })
    }

    /// The SHA-256 hash of the encoded certificate: 32 bytes.
    public var digest: [UInt8] {
        unsafe Self.digest { unsafe X509_digest(handle.pointer, EVP_sha256(), $0, $1) }
    }

    /// The SHA-256 hash of the encoded SubjectPublicKeyInfo, by which keys are pinned (RFC 7469 section 2.4): 32 bytes.
    public var publicKeyDigest: [UInt8] {
        unsafe Self.digest { unsafe COpenSSL_X509_public_key_digest(handle.pointer, $0, $1) }
    }

    private static func digest(
        _ write: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<UInt32>) -> Int32
    ) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        // Safety: both functions write at most EVP_MAX_MD_SIZE bytes and say how many.
        let (result, _) = ErrorQueue.collecting {
            unsafe digest.withUnsafeMutableBufferPointer { output in unsafe write(output.baseAddress, &length) }
        }
        return result == 1 ? Array(digest.prefix(Int(length))) : []
    }
}

extension Certificate: Equatable {
    /// Whether both have the same encoding.
    public static func == (left: Certificate, right: Certificate) -> Bool {
        let (result, _) = ErrorQueue.collecting { unsafe X509_cmp(left.handle.pointer, right.handle.pointer) }
        return result == 0
    }
}
