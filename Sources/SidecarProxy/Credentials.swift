import OpenSSL

/// Certificates in use that can be read again from where they came from.
protocol Credentials: Sendable {
    /// What they are for, in logs and `/certs`.
    var label: String { get }
    /// The chain in use, or nil without one.
    var chain: CertificateChain? { get }
    /// The authorities that the other side's certificate must lead to; nil for none, or for those of the system.
    var authorities: CertificateChain? { get }
    /// Reads the sources; takes what they hold into use if it is new and sound, and changes nothing otherwise.
    ///
    /// Blocks while it reads: never call it on a loop that serves.
    ///
    /// - Returns: Whether something new is in use.
    /// - Throws: What is wrong with the sources.
    func reload() throws(OpenSSLError) -> Bool
}
