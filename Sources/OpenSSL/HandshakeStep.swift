/// How far a handshake came.
public enum HandshakeStep: Equatable, Sendable {
    /// The peer has to send more.
    case needsInput
    /// Both sides may send.
    case complete
    /// It is over; an alert for the peer may wait to be sent.
    case failed(OpenSSLError)
}
