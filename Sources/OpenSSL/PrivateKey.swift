import COpenSSL

/// A private key: RSA, elliptic curve or Ed25519.
///
/// The key material stays inside OpenSSL; ``pem()`` is the only way out.
public struct PrivateKey: Sendable {
    let handle: KeyHandle

    /// Reads the first private key of a PEM text (PKCS #8, PKCS #1 or SEC 1; RFC 7468, RFC 5915).
    ///
    /// - Throws: `unusableKey` when there is none, when it is encrypted, or when its kind or size does not do for TLS
    ///   (RSA under 2,048 bits).
    public init(pem: [UInt8]) throws(OpenSSLError) {
        let text = try MemoryBIO.holding(pem)
        let key = try unsafe text.with { (bio) throws(OpenSSLError) in
            unsafe try ErrorQueue.pointer(
                .unusableKey,
                "no private key that can be read; a PEM block PRIVATE KEY without a passphrase is needed"
            ) {
                unsafe PEM_read_bio_PrivateKey(bio, nil, refusePassphrase, nil)
            }
        }
        handle = unsafe KeyHandle(taking: key)
        try requireUsable()
    }

    /// Makes a fresh key on the curve P-256, the kind that every TLS client accepts.
    public static func generateP256() throws(OpenSSLError) -> PrivateKey {
        let key = unsafe try ErrorQueue.pointer(.libraryFailure, "cannot make a P-256 key") {
            unsafe COpenSSL_EVP_PKEY_generate_p256()
        }
        return PrivateKey(handle: unsafe KeyHandle(taking: key))
    }

    private init(handle: KeyHandle) {
        self.handle = handle
    }

    /// The key as an unencrypted PKCS #8 PEM block (`-----BEGIN PRIVATE KEY-----`).
    public func pem() throws(OpenSSLError) -> [UInt8] {
        let text = try MemoryBIO()
        try unsafe text.with { (bio) throws(OpenSSLError) in
            try ErrorQueue.success(.libraryFailure, "cannot write the private key") {
                unsafe PEM_write_bio_PKCS8PrivateKey(bio, handle.pointer, nil, nil, 0, nil, nil)
            }
        }
        return text.bytes
    }

    /// Whether a signature with this key names its own hash (Ed25519) instead of taking one.
    var hashesItself: Bool {
        unsafe EVP_PKEY_get_base_id(handle.pointer) == EVP_PKEY_ED25519
    }

    private func requireUsable() throws(OpenSSLError) {
        switch unsafe EVP_PKEY_get_base_id(handle.pointer) {
        case EVP_PKEY_EC, EVP_PKEY_ED25519:
            return
        case EVP_PKEY_RSA:
            let bits = unsafe EVP_PKEY_get_bits(handle.pointer)
            guard bits >= 2_048 else {
                throw OpenSSLError(.unusableKey, "an RSA key of \(bits) bits; at least 2048 are needed")
            }
        default:
            throw OpenSSLError(.unusableKey, "a kind of private key that TLS cannot use; RSA, EC or Ed25519 is needed")
        }
    }
}

/// Answers every question for a passphrase with none.
///
/// Without it OpenSSL would ask at the terminal, and the program would hang.
private func refusePassphrase(
    _ buffer: UnsafeMutablePointer<CChar>?,
    _ size: Int32,
    _ writing: Int32,
    _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    -1
}
