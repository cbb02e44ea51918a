import COpenSSL

/// OpenSSL's byte stream over memory, freed once.
@safe
struct MemoryBIO: ~Copyable {
    // Safety: the BIO is created here, never leaves the methods below, and is freed by deinit only.
    private let bio: OpaquePointer

    /// Makes an empty stream to write to.
    init() throws(OpenSSLError) {
        unsafe bio = try ErrorQueue.pointer(.libraryFailure, "out of memory") {
            unsafe BIO_new(BIO_s_mem())
        }
    }

    /// Makes a stream that holds a copy of `bytes`.
    static func holding(_ bytes: [UInt8]) throws(OpenSSLError) -> MemoryBIO {
        let stream = try MemoryBIO()
        guard !bytes.isEmpty else { return stream }
        try unsafe stream.with { (bio) throws(OpenSSLError) in
            try ErrorQueue.success(.libraryFailure, "out of memory") {
                var written = 0
                // Safety: the array lives for the call, and BIO_write_ex copies it.
                return unsafe bytes.withUnsafeBytes { unsafe BIO_write_ex(bio, $0.baseAddress, $0.count, &written) }
            }
        }
        return stream
    }

    /// Makes an OpenSSL call with the stream.
    func with<Result>(_ call: (OpaquePointer) throws(OpenSSLError) -> Result) throws(OpenSSLError) -> Result {
        unsafe try call(bio)
    }

    /// Everything that was written to the stream.
    var bytes: [UInt8] {
        var start: UnsafeMutablePointer<CChar>?
        // Safety: the pointer is valid until the BIO changes, and the bytes are copied before that.
        let count = unsafe COpenSSL_BIO_get_mem_data(bio, &start)
        guard count > 0, let start = unsafe start else { return [] }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    deinit {
        unsafe BIO_free_all(bio)
    }
}
