import COpenSSL
public import NIOCore

/// One TLS session, without input or output of its own: bytes go in, bytes come out.
///
/// Feed what the socket received with ``receive(_:)``, call ``handshake()`` until it is complete, then ``read(into:)``
/// and ``write(_:)``; after each call send what ``takeCiphertext()`` yields. Not thread-safe: it belongs to one event
/// loop.
@safe
public final class TLSConnection {
    // Safety: the SSL is created and freed here and used by one thread at a time. Its BIO refers to `ciphertext`
    // without a reference count; both live exactly as long as this object. `context` is kept because the SSL's ALPN
    // callback refers to what it owns.
    let pointer: OpaquePointer
    private let ciphertext = CiphertextQueue()
    private let context: TLSContext
    /// The server whose session is kept for the next connection.
    private let server: String?
    /// Whether OpenSSL reported a fatal error, after which it must not be asked to say goodbye.
    private var hasFailed = false

    /// Makes the session of a connection that `context` is for.
    ///
    /// - Parameters:
    ///   - context: The settings; its kind decides who begins.
    ///   - serverName: For clients: the DNS name or IP address of the server, sent as SNI (RFC 6066, names only) and
    ///     checked against its certificate when the context verifies servers.
    ///   - server: For clients: what tells the server from others, the name that is checked included, if the session of
    ///     an earlier connection to it may be resumed.
    /// - Throws: `invalidConfiguration` for a server name that is neither, `libraryFailure`.
    public init(
        _ context: TLSContext,
        serverName: String? = nil,
        resuming server: String? = nil
    ) throws(OpenSSLError) {
        self.context = context
        self.server = server
        unsafe pointer = try ErrorQueue.pointer(.libraryFailure, "cannot make a TLS session") {
            unsafe SSL_new(context.pointer)
        }
        let bio = unsafe try CiphertextBIO.make(over: ciphertext)
        unsafe SSL_set_bio(pointer, bio, bio)
        if context.isServer {
            unsafe SSL_set_accept_state(pointer)
        } else {
            unsafe SSL_set_connect_state(pointer)
            if let serverName { try expect(serverName) }
            if let server { unsafe context.sessions?.session(for: server)?.offer(on: pointer) }
        }
    }

    deinit {
        if let server, let sessions = context.sessions, !hasFailed, let session = unsafe TLSSession(of: pointer) {
            sessions.keep(session, for: server)
        }
        unsafe SSL_free(pointer)
    }

    /// Whether an earlier session was resumed; known from the end of the handshake on.
    public var isResumed: Bool { unsafe SSL_session_reused(pointer) == 1 }

    /// Takes bytes that the peer sent.
    public func receive(_ bytes: ByteBuffer) {
        ciphertext.receive(bytes)
    }

    /// Notes that the peer will send no more.
    public func receiveEnd() {
        ciphertext.isInboundClosed = true
    }

    /// Throws away what was received and not yet read.
    func discardReceived() {
        ciphertext.discardInbound()
    }

    /// How many encrypted bytes wait to be sent.
    public var ciphertextBytes: Int {
        ciphertext.outboundBytes
    }

    /// Takes the encrypted bytes that wait to be sent; empty when none do.
    public func takeCiphertext() -> ByteBuffer {
        ciphertext.takeOutbound()
    }

    /// Goes on with the handshake as far as the received bytes allow.
    public func handshake() -> HandshakeStep {
        let (status, queue) = call { unsafe SSL_do_handshake(pointer) }
        switch status {
        case SSL_ERROR_NONE: return .complete
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .needsInput
        default: return .failed(failure(queue, during: .handshake))
        }
    }

    /// Appends to `buffer` everything that the received bytes decrypt to.
    public func read(into buffer: inout ByteBuffer) -> ReadStep {
        while true {
            var status = SSL_ERROR_NONE
            var queue = ErrorQueue()
            // Safety: SSL_read_ex writes at most the region's count and says how many it wrote.
            unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: 1_024) { region in
                var count = 0
                (status, queue) = call {
                    unsafe SSL_read_ex(pointer, region.baseAddress, region.count, &count)
                }
                return count
            }
            switch status {
            case SSL_ERROR_NONE: continue
            case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .needsInput
            case SSL_ERROR_ZERO_RETURN: return .closed
            default: return .failed(failure(queue, during: .transfer))
            }
        }
    }

    /// Encrypts the readable bytes of `bytes`.
    ///
    /// One call makes at least one record (of at most 16 KiB); join small pieces first.
    ///
    /// - Throws: `closed` after ``close()``, `protocolViolation` when the session is broken.
    public func write(_ bytes: ByteBuffer) throws(OpenSSLError) {
        var rest = bytes
        while rest.readableBytes > 0 {
            var status = SSL_ERROR_NONE
            var queue = ErrorQueue()
            // Safety: SSL_write_ex reads at most the region's count and says how many it took.
            unsafe rest.readWithUnsafeReadableBytes { region in
                var count = 0
                (status, queue) = call {
                    unsafe SSL_write_ex(pointer, region.baseAddress, region.count, &count)
                }
                return count
            }
            guard status == SSL_ERROR_NONE else { throw failure(queue, during: .transfer) }
        }
    }

    /// Makes room for the records of `bytes` more bytes of plaintext.
    func reserve(plaintext bytes: Int) {
        // A record of 16 KiB has at most 5 bytes of header, 8 of nonce, 16 of tag and 1 of type.
        ciphertext.reserve(bytes + (bytes / 16_384 + 1) * 30)
    }

    /// Says close_notify: nothing more will be written.
    ///
    /// Reading goes on until the peer says it too.
    public func close() {
        guard !hasFailed else { return }
        _ = ErrorQueue.collecting { unsafe SSL_shutdown(pointer) }
    }

    /// Makes a call on the session and classifies its result (`SSL_ERROR_...`) while the queue still tells.
    private func call(_ body: () -> Int32) -> (status: Int32, queue: ErrorQueue) {
        let (status, queue) = ErrorQueue.collecting {
            let result = body()
            return result > 0 ? SSL_ERROR_NONE : unsafe SSL_get_error(pointer, result)
        }
        if status == SSL_ERROR_SSL || status == SSL_ERROR_SYSCALL { hasFailed = true }
        return (status, queue)
    }

    private func expect(_ serverName: String) throws(OpenSSLError) {
        if IPAddressText.bytes(of: serverName) != nil {
            guard context.verifiesServer else { return }
            try ErrorQueue.success(.invalidConfiguration, "cannot check the address \(serverName)") {
                unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(pointer), serverName)
            }
            return
        }
        guard !serverName.isEmpty, serverName.utf8.count <= 255, !serverName.utf8.contains(0) else {
            throw OpenSSLError(.invalidConfiguration, "a server name has 1 to 255 bytes", at: serverName)
        }
        try ErrorQueue.success(.invalidConfiguration, "cannot ask for the server \(serverName)") {
            unsafe COpenSSL_SSL_set_server_name(pointer, serverName)
        }
        guard context.verifiesServer else { return }
        try ErrorQueue.success(.invalidConfiguration, "cannot check the name \(serverName)") {
            unsafe SSL_set1_host(pointer, serverName)
        }
    }
}
