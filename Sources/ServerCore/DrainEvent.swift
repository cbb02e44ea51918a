/// The user inbound event that tells every live connection that its server is leaving.
///
/// The listener fires it through each channel's pipeline; every handler decides what it means and passes it on. A
/// handler that joins later asks ``ConnectionContext/serverState`` instead. Nobody has to close: what is still open
/// when the grace period ends is closed by the listener.
public enum DrainEvent: Sendable, Equatable {
    /// Finish what is under way and ask the peer to leave with the next reply; leave idle connections alone.
    ///
    /// An idle connection that is closed from this side races with the next request of a client that keeps
    /// connections, and a POST that loses the race is not retried.
    case started
    /// The grace period is about to end: close idle connections now and turn new work away.
    case lastCall
}
