/// How the peer's certificate is checked: `tls.v3.CertificateValidationContext`.
public struct CertificateValidation: Sendable, Hashable {
    /// `trusted_ca`: PEM; nil means the system's roots for an upstream, and no check of the chain for a downstream.
    public var trustedAuthorities: DataSource?
    /// `match_typed_subject_alt_names`: one must match one of the certificate's names; none asks for nothing.
    public var subjectAltNames: [SubjectAltNameMatcher] = []
    /// `crl`: PEM, for all authorities of the chain, or for the leaf's alone (``onlyLeafRevocation``).
    public var revocationList: DataSource?
    /// `only_verify_leaf_cert_crl` (false).
    public var onlyLeafRevocation = false
    /// `verify_certificate_spki`: SHA-256 of the leaf's SubjectPublicKeyInfo, one of which must match.
    public var publicKeyPins: [[UInt8]] = []
    /// `verify_certificate_hash`: SHA-256 of the leaf, one of which must match.
    public var certificatePins: [[UInt8]] = []
    /// `max_verify_depth` (100) without the root: the most authorities between it and the leaf.
    public var maxIntermediates = 99
    /// `trust_chain_verification`: false for ACCEPT_UNTRUSTED, which checks nothing of the chain.
    public var verifiesChain = true

    /// Makes the standard check.
    public init() {}
}

/// A name that a certificate may have: `tls.v3.SubjectAltNameMatcher`.
public struct SubjectAltNameMatcher: Sendable, Hashable {
    /// `san_type`.
    public enum Kind: String, Sendable, CaseIterable {
        /// A host name; an exact one is also matched by a certificate's wildcard.
        case dns = "DNS"
        /// A URI, such as a SPIFFE ID.
        case uri = "URI"
        /// An e-mail address.
        case email = "EMAIL"
        /// An IP address in text.
        case ipAddress = "IP_ADDRESS"
    }

    /// The kind of name.
    public var kind: Kind
    /// `matcher`.
    public var matcher: StringMatcher

    /// Makes a matcher.
    public init(_ kind: Kind, _ matcher: StringMatcher) {
        self.kind = kind
        self.matcher = matcher
    }
}
