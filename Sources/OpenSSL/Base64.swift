import COpenSSL

/// Base64 in the standard alphabet with padding and without line breaks (RFC 4648 section 4).
public enum Base64 {
    /// The most bytes that one call encodes: the length of `EVP_EncodeBlock` is a C int, and its output is larger.
    static let maximumBytes = 1 << 30

    /// The encoded form of `bytes`, as ASCII.
    ///
    /// - Throws: `invalidConfiguration` for more than 1 GiB.
    public static func encode(_ bytes: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        guard bytes.count <= maximumBytes else {
            throw OpenSSLError(.invalidConfiguration, "base64 of \(bytes.count) bytes; the limit is \(maximumBytes)")
        }
        guard !bytes.isEmpty else { return [] }
        let length = (bytes.count + 2) / 3 * 4
        // Safety: EVP_EncodeBlock writes `length` bytes and a terminating NUL, for which there is room.
        return unsafe [UInt8](unsafeUninitializedCapacity: length + 1) { output, count in
            _ = unsafe bytes.withUnsafeBufferPointer { input in
                unsafe EVP_EncodeBlock(output.baseAddress, input.baseAddress, Int32(truncatingIfNeeded: input.count))
            }
            count = length
        }
    }
}
