import COpenSSL

/// The SHA-256 hash (FIPS 180-4).
public enum SHA256 {
    /// The 32 bytes of the hash of `bytes`.
    public static func digest(of bytes: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        // Safety: both buffers live for the call; the output has room for the 32 bytes that EVP_sha256 writes.
        try ErrorQueue.success(.libraryFailure, "SHA-256 is not available") {
            unsafe bytes.withUnsafeBytes { input in
                unsafe digest.withUnsafeMutableBufferPointer { output in
                    unsafe EVP_Digest(input.baseAddress, input.count, output.baseAddress, nil, EVP_sha256(), nil)
                }
            }
        }
        return digest
    }

    /// The hash of `bytes` as 64 lower-case hexadecimal digits.
    public static func hexDigest(of bytes: [UInt8]) throws(OpenSSLError) -> String {
        Hexadecimal.text(try digest(of: bytes))
    }
}
