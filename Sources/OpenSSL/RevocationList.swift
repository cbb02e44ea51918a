import COpenSSL
import Glibc

/// A list of the certificates that an authority has revoked (a CRL, RFC 5280 section 5).
public struct RevocationList: Sendable {
    /// The most lists that one file may hold; a chain has as many authorities as certificates above the leaf.
    public static let maximumCount = 32

    let handle: RevocationListHandle

    /// Reads the PEM blocks `X509 CRL` of a file; text between the blocks is skipped.
    ///
    /// - Returns: At least one list.
    /// - Throws: `noRevocationList`, `malformedPEM` (a block is damaged or cut off), `tooManyCertificates` or
    ///   `oversizedFile`.
    public static func bundle(pem: [UInt8]) throws(OpenSSLError) -> [RevocationList] {
        guard pem.count <= PEMFile.maximumBytes else {
            throw OpenSSLError(.oversizedFile, "\(pem.count) bytes of PEM; the limit is \(PEMFile.maximumBytes)")
        }
        let text = try MemoryBIO.holding(pem)
        var lists: [RevocationList] = []
        while let list = try unsafe text.with(next) {
            guard lists.count < maximumCount else {
                throw OpenSSLError(.tooManyCertificates, "more than \(maximumCount) revocation lists")
            }
            lists.append(list)
        }
        guard !lists.isEmpty else {
            throw OpenSSLError(.noRevocationList, "no revocation list; a PEM block X509 CRL is needed")
        }
        return lists
    }

    /// The authority as RFC 2253 writes it, for people.
    public var issuer: String {
        guard let text = try? MemoryBIO() else { return "" }
        try? unsafe text.with { (bio) throws(OpenSSLError) in
            // Safety: the name belongs to the list, which outlives the call.
            _ = ErrorQueue.collecting {
                unsafe COpenSSL_X509_NAME_print(bio, X509_CRL_get_issuer(handle.pointer))
            }
        }
        return String(decoding: text.bytes, as: UTF8.self)
    }

    /// When the list must have been replaced, in seconds since 1970; nil when it does not say.
    ///
    /// From then on OpenSSL refuses every certificate of the authority.
    public var nextUpdate: Int64? {
        // Safety: the time belongs to the list, which outlives the call.
        guard let time = unsafe X509_CRL_get0_nextUpdate(handle.pointer) else { return nil }
        var parts = unsafe tm()
        let (result, _) = ErrorQueue.collecting { unsafe ASN1_TIME_to_tm(time, &parts) }
        guard result == 1 else { return 0 }
        return Int64(unsafe timegm(&parts))
    }

    private static func next(_ bio: OpaquePointer) throws(OpenSSLError) -> RevocationList? {
        let (list, queue) = unsafe ErrorQueue.collecting { unsafe PEM_read_bio_X509_CRL(bio, nil, nil, nil) }
        if let list = unsafe list {
            return RevocationList(handle: unsafe RevocationListHandle(taking: list))
        }
        guard queue.contains(library: ERR_LIB_PEM, reason: PEM_R_NO_START_LINE) else {
            throw queue.error(.malformedPEM, "a damaged or incomplete revocation list")
        }
        return nil
    }
}

extension RevocationList: Equatable {
    /// Whether both have the same encoding.
    public static func == (left: RevocationList, right: RevocationList) -> Bool {
        let (result, _) = ErrorQueue.collecting { unsafe X509_CRL_match(left.handle.pointer, right.handle.pointer) }
        return result == 0
    }
}
