import COpenSSL

/// The OpenSSL that the process runs with, which need not be the one it was built with.
public enum OpenSSLVersion {
    /// The oldest version that Pillion runs with: 3.0.0, encoded as `OpenSSL_version_num` does (0xMNN00PP0).
    static let minimum: UInt = 0x3000_0000

    /// The version in OpenSSL's words, such as `OpenSSL 3.0.19 27 Jan 2026`.
    public static var text: String {
        // Safety: OpenSSL_version returns a constant string that is never null.
        guard let text = unsafe OpenSSL_version(OPENSSL_VERSION) else { return "OpenSSL" }
        return unsafe String(cString: text)
    }

    /// Refuses to go on with a version older than 3.0.
    ///
    /// A program calls it before it does anything else with TLS.
    public static func requireSupported() throws(OpenSSLError) {
        guard OpenSSL_version_num() >= minimum else {
            throw OpenSSLError(.unsupportedVersion, "\(text) is too old; install OpenSSL 3.0 or later (libssl3)")
        }
    }
}
