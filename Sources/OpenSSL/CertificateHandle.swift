import COpenSSL

/// Owns one reference to an `X509`.
@safe
final class CertificateHandle: @unchecked Sendable {
    // Safety: the certificate is not changed after its creation, OpenSSL guards what it caches inside with its own
    // lock and counts references atomically, and deinit gives back the one reference that the initializer took over.
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(taking pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe X509_free(pointer)
    }
}
