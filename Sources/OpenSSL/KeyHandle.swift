import COpenSSL

/// Owns one reference to an `EVP_PKEY`.
@safe
final class KeyHandle: @unchecked Sendable {
    // Safety: the key is not changed after its creation, OpenSSL counts references atomically, and deinit gives back
    // the one reference that the initializer took over. So it may be shared between threads.
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(taking pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }

    deinit {
        unsafe EVP_PKEY_free(pointer)
    }
}
