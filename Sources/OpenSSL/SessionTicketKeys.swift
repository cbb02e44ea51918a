import COpenSSL

/// The secrets with which a server seals the tickets that its clients resume sessions by (RFC 8446 section 4.6.1,
/// RFC 5077).
///
/// Whoever has them can read what resumed sessions of TLS 1.2 said, so they exist in memory only and not for long.
public struct SessionTicketKeys: Sendable {
    /// A name (16 bytes), a key for HMAC-SHA256 (32) and one for AES-256 (32), in OpenSSL's order.
    let bytes: [UInt8]

    /// Makes new ones.
    ///
    /// - Throws: `libraryFailure` without randomness.
    public init() throws(OpenSSLError) {
        var bytes = [UInt8](repeating: 0, count: 80)
        try ErrorQueue.success(.libraryFailure, "no random numbers for the keys of tickets") {
            // Safety: RAND_bytes fills the array's 80 bytes.
            unsafe bytes.withUnsafeMutableBufferPointer { unsafe RAND_bytes($0.baseAddress, Int32($0.count)) }
        }
        self.bytes = bytes
    }
}
