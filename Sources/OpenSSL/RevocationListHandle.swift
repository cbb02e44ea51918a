import COpenSSL

/// Owns one reference to an `X509_CRL`.
@safe
final class RevocationListHandle: @unchecked Sendable {
    // Safety: the list is not changed after it was read, OpenSSL counts references atomically, and deinit gives back the
    // one reference that the initializer took over.
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(taking pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe X509_CRL_free(pointer)
    }
}
