import COpenSSL

/// The BIO through which an `SSL` reads and writes a ``CiphertextQueue``.
enum CiphertextBIO {
    /// OpenSSL's table of functions, made once for the process and never freed.
    @safe
    private struct Method: @unchecked Sendable {
        // Safety: the table is filled in before it is published and only read afterwards.
        let pointer: OpaquePointer?
    }

    private static let method: Method = {
        let type = BIO_get_new_index() | BIO_TYPE_SOURCE_SINK
        guard let method = unsafe BIO_meth_new(type, "ciphertext queue") else { return unsafe Method(pointer: nil) }
        unsafe BIO_meth_set_read(method, readCiphertext)
        unsafe BIO_meth_set_write(method, writeCiphertext)
        unsafe BIO_meth_set_ctrl(method, controlCiphertext)
        return unsafe Method(pointer: method)
    }()

    /// Makes a BIO over `queue`, which must outlive it.
    static func make(over queue: CiphertextQueue) throws(OpenSSLError) -> OpaquePointer {
        let bio = unsafe try ErrorQueue.pointer(.libraryFailure, "cannot make a BIO") {
            guard let method = unsafe Self.method.pointer else { return nil }
            return unsafe BIO_new(method)
        }
        unsafe BIO_set_data(bio, Unmanaged.passUnretained(queue).toOpaque())
        unsafe BIO_set_init(bio, 1)
        return unsafe bio
    }
}

// Safety of the three callbacks: the data of the BIO is the queue of the connection that owns the SSL, alive for every
// call on it; OpenSSL passes a region of `length` bytes that is its own for the call.

private func queue(of bio: OpaquePointer?) -> CiphertextQueue? {
    guard let data = unsafe BIO_get_data(bio) else { return nil }
    return unsafe Unmanaged<CiphertextQueue>.fromOpaque(data).takeUnretainedValue()
}

private func readCiphertext(_ bio: OpaquePointer?, _ target: UnsafeMutablePointer<CChar>?, _ length: Int32) -> Int32 {
    unsafe COpenSSL_BIO_clear_retry_flags(bio)
    guard let queue = unsafe queue(of: bio), let target = unsafe target, length > 0 else { return 0 }
    guard let count = unsafe queue.read(into: UnsafeMutableRawPointer(target), capacity: Int(length)) else {
        unsafe COpenSSL_BIO_set_retry_read(bio)
        return -1
    }
    return Int32(truncatingIfNeeded: count)
}

private func writeCiphertext(_ bio: OpaquePointer?, _ source: UnsafePointer<CChar>?, _ length: Int32) -> Int32 {
    unsafe COpenSSL_BIO_clear_retry_flags(bio)
    guard let queue = unsafe queue(of: bio), let source = unsafe source, length > 0 else { return 0 }
    unsafe queue.write(UnsafeRawBufferPointer(start: source, count: Int(length)))
    return length
}

private func controlCiphertext(
    _ bio: OpaquePointer?,
    _ command: Int32,
    _ number: Int,
    _ argument: UnsafeMutableRawPointer?
) -> Int {
    switch command {
    case BIO_CTRL_FLUSH:
        return 1
    case BIO_CTRL_EOF:
        // Lets OpenSSL tell a connection that was cut off from one that has to wait.
        guard let queue = unsafe queue(of: bio) else { return 1 }
        return queue.isAtEnd ? 1 : 0
    default:
        return 0
    }
}
