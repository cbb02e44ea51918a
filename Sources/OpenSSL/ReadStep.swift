/// How far reading came.
public enum ReadStep: Equatable, Sendable {
    /// Everything received was read.
    case needsInput
    /// The peer said close_notify: it will send no more.
    case closed
    /// The session is broken; an alert for the peer may wait to be sent.
    case failed(OpenSSLError)
}
