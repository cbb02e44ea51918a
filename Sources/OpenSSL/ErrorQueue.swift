import COpenSSL

/// The errors that one OpenSSL call left in the thread's queue, oldest first.
///
/// OpenSSL reports through a queue per thread that nobody empties. A stale entry turns the next harmless return code
/// into a failure, so every call that may touch the queue is made by ``collecting(_:)``: clear, call, collect.
struct ErrorQueue {
    /// One entry of the queue.
    struct Entry: Equatable {
        /// The library that failed (`ERR_LIB_SSL`, `ERR_LIB_PEM`, ...).
        var library: Int32
        /// The library's reason code (`SSL_R_...`).
        var reason: Int32
        /// The packed code, from which OpenSSL makes a sentence.
        var packed: UInt
    }

    /// The most entries that are kept of one call.
    static let limit = 8

    /// The entries, oldest first: the first is the cause, later ones are the calls it travelled through.
    var entries: [Entry] = []

    /// Clears the queue, makes the call, and takes what the call left.
    ///
    /// Costs no allocation when nothing is left.
    static func collecting<Result>(_ call: () -> Result) -> (Result, ErrorQueue) {
        ERR_clear_error()
        let result = call()
        var queue = ErrorQueue()
        guard ERR_peek_error() != 0 else { return (result, queue) }
        while queue.entries.count < limit {
            let packed = ERR_get_error()
            guard packed != 0 else { break }
            queue.entries.append(
                Entry(library: ERR_GET_LIB(packed), reason: ERR_GET_REASON(packed), packed: packed)
            )
        }
        ERR_clear_error()
        return (result, queue)
    }

    /// Makes a call that returns a pointer, and throws what it left when the pointer is null.
    static func pointer(
        _ code: OpenSSLError.Code,
        _ what: String,
        _ call: () -> OpaquePointer?
    ) throws(OpenSSLError) -> OpaquePointer {
        let (result, queue) = unsafe collecting(call)
        guard let result = unsafe result else { throw queue.error(code, what) }
        return unsafe result
    }

    /// Makes a call that returns a positive number for success, and throws what it left otherwise.
    static func success(
        _ code: OpenSSLError.Code,
        _ what: String,
        _ call: () -> Int32
    ) throws(OpenSSLError) {
        let (result, queue) = collecting(call)
        guard result > 0 else { throw queue.error(code, what) }
    }

    /// An error that says `what` and, in brackets, OpenSSL's own words.
    func error(_ code: OpenSSLError.Code, _ what: String) -> OpenSSLError {
        guard let cause = entries.first else { return OpenSSLError(code, what) }
        return OpenSSLError(code, "\(what) [\(cause.text)]")
    }

    /// Whether an entry of `library` has `reason`.
    func contains(library: Int32, reason: Int32) -> Bool {
        entries.contains { $0.library == library && $0.reason == reason }
    }
}

extension ErrorQueue.Entry {
    /// OpenSSL's sentence for the reason, or its number where there is none.
    var text: String {
        // Safety: ERR_reason_error_string returns a constant string of the library, or null.
        guard let text = unsafe ERR_reason_error_string(packed) else { return "error \(packed)" }
        return unsafe String(cString: text)
    }
}
