import COpenSSL

/// Certificates in the order of a PEM bundle, at least one.
///
/// Of a serving bundle the first is the server's own and the others lead towards the authority; of an authority bundle
/// each is trusted.
public struct CertificateChain: Sendable, Equatable {
    /// The most certificates that a bundle may have.
    ///
    /// A chain has two to four; an authority bundle during a rotation twice that. Reading is linear, so the limit is
    /// there for files that are not what they should be.
    public static let maximumCount = 32

    /// The first certificate.
    public let leaf: Certificate
    /// The certificates after the first.
    public let others: [Certificate]

    /// Makes a chain of certificates at hand.
    public init(leaf: Certificate, others: [Certificate] = []) {
        self.leaf = leaf
        self.others = others
    }

    /// Reads a PEM bundle; text between the blocks is skipped, and so are blocks of other kinds.
    ///
    /// - Throws: `noCertificate`, `malformedPEM` (a block is damaged or cut off), `tooManyCertificates` or
    ///   `oversizedFile`.
    public init(pem: [UInt8]) throws(OpenSSLError) {
        guard pem.count <= PEMFile.maximumBytes else {
            throw OpenSSLError(.oversizedFile, "\(pem.count) bytes of PEM; the limit is \(PEMFile.maximumBytes)")
        }
        let text = try MemoryBIO.holding(pem)
        var certificates: [Certificate] = []
        while let certificate = try unsafe text.with(Self.next) {
            guard certificates.count < Self.maximumCount else {
                throw OpenSSLError(.tooManyCertificates, "more than \(Self.maximumCount) certificates")
            }
            certificates.append(certificate)
        }
        guard let leaf = certificates.first else {
            throw OpenSSLError(.noCertificate, "no certificate; a PEM block CERTIFICATE is needed")
        }
        self.leaf = leaf
        others = Array(certificates.dropFirst())
    }

    /// All certificates, the leaf first.
    public var certificates: [Certificate] {
        [leaf] + others
    }

    /// The earliest end of validity in the chain, in seconds since 1970: after it some client refuses the chain.
    public var notAfter: Int64 {
        others.reduce(leaf.notAfter) { min($0, $1.notAfter) }
    }

    /// The chain as PEM blocks, the leaf first.
    public func pem() throws(OpenSSLError) -> [UInt8] {
        var text: [UInt8] = []
        for certificate in certificates {
            text += try certificate.pem()
        }
        return text
    }

    private static func next(_ bio: OpaquePointer) throws(OpenSSLError) -> Certificate? {
        let (certificate, queue) = unsafe ErrorQueue.collecting { unsafe PEM_read_bio_X509(bio, nil, nil, nil) }
        if let certificate = unsafe certificate {
            return Certificate(handle: unsafe CertificateHandle(taking: certificate))
        }
        guard queue.contains(library: ERR_LIB_PEM, reason: PEM_R_NO_START_LINE) else {
            throw queue.error(.malformedPEM, "a damaged or incomplete certificate")
        }
        return nil
    }
}
