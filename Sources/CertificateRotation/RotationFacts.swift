/// Everything that the next step of a rotation depends on, as it was at one moment.
public struct RotationFacts: Sendable, Equatable {
    /// A serving certificate in use, and the authority behind it.
    public struct Held: Sendable, Equatable {
        /// The authority, whose key is known.
        public var authority: CertificateFacts
        /// The certificate that new connections get.
        public var serving: ServingFacts

        /// States what is held.
        public init(authority: CertificateFacts, serving: ServingFacts) {
            self.authority = authority
            self.serving = serving
        }
    }

    /// The authority that signs, as the Secret has it; nil when it has none that can be used.
    public var authority: CertificateFacts?
    /// The serving certificate of the Secret.
    public var serving: ServingFacts?
    /// The authority that is to sign next.
    public var next: CertificateFacts?
    /// Authorities that do not sign any more.
    public var previous: [CertificateFacts]
    /// What this replica serves, if it does.
    public var held: Held?
    /// Since when every webhook configuration has trusted an authority, in seconds since 1970, by fingerprint.
    public var trustedSince: [String: Int64]
    /// Whether every webhook configuration could be read; one that does not exist counts as read.
    public var isPublicationKnown: Bool
    /// The time in seconds since 1970.
    public var now: Int64

    /// States the facts.
    public init(
        authority: CertificateFacts? = nil,
        serving: ServingFacts? = nil,
        next: CertificateFacts? = nil,
        previous: [CertificateFacts] = [],
        held: Held? = nil,
        trustedSince: [String: Int64] = [:],
        isPublicationKnown: Bool = true,
        now: Int64
    ) {
        self.authority = authority
        self.serving = serving
        self.next = next
        self.previous = previous
        self.held = held
        self.trustedSince = trustedSince
        self.isPublicationKnown = isPublicationKnown
        self.now = now
    }
}
