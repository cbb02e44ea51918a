/// What to do about the facts.
public struct RotationPlan: Sendable, Equatable {
    /// A change of the Secret's content.
    public enum Change: String, Sendable, CaseIterable {
        /// Make an authority and a serving certificate: there is nothing to go on with.
        case create
        /// Put back what this replica holds, with a new authority to come: the Secret was emptied or damaged.
        case restore
        /// Make the authority that is to sign next; it is published beside the present one.
        case introduce
        /// Sign with the authority that is trusted everywhere by now.
        case promote
        /// Issue a serving certificate.
        case renew
        /// Keep trusting the authority in use: the Secret was replaced by another one.
        case overlap
        /// Stop trusting authorities that have expired.
        case retire
    }

    /// The one change to write, or nil when the Secret is as it should be.
    public var change: Change?
    /// Whether the Secret's serving certificate is to be used for new connections.
    public var serves: Bool
    /// When to look again if nothing happens before, in seconds since 1970.
    public var wakeAt: Int64
}
