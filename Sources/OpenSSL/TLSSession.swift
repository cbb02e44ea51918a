import COpenSSL

/// What both sides of a TLS connection agreed on, by which a later one needs no certificates: an `SSL_SESSION`.
@safe
final class TLSSession: @unchecked Sendable {
    // Safety: nothing changes the session once it is held here; OpenSSL counts references atomically, and deinit gives
    // back the one that the initializer took over.
    private let pointer: OpaquePointer

    /// Copies the session of a connection; nil when it cannot be resumed.
    ///
    /// A copy, because OpenSSL spoils the session of a connection that ends without a goodbye.
    init?(of connection: OpaquePointer) {
        guard unsafe SSL_is_init_finished(connection) == 1, let session = unsafe SSL_get_session(connection),
            unsafe SSL_SESSION_is_resumable(session) == 1, let copy = unsafe SSL_SESSION_dup(session)
        else { return nil }
        unsafe pointer = unsafe copy
    }

    deinit {
        unsafe SSL_SESSION_free(pointer)
    }

    /// Whether it may be used for one connection only (RFC 8446 appendix C.4).
    var isForOnce: Bool { unsafe SSL_SESSION_get_protocol_version(pointer) >= TLS1_3_VERSION }

    /// Has a connection that has not begun offer the session to its server.
    func offer(on connection: OpaquePointer) {
        // One that does not fit any more is not offered, which costs no more than having none.
        _ = unsafe SSL_set_session(connection, pointer)
    }
}
