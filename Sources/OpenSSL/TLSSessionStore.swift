import Synchronization

/// The newest session with each server that a client's context has spoken to.
final class TLSSessionStore: Sendable {
    /// The most servers that are remembered.
    private static let limit = 1_000

    private let sessions = Mutex<[String: TLSSession]>([:])

    /// The session to resume with a server, which is given out once where it should be used once.
    func session(for server: String) -> TLSSession? {
        sessions.withLock { sessions in
            guard let session = sessions[server] else { return nil }
            if session.isForOnce { sessions[server] = nil }
            return session
        }
    }

    /// Keeps a session instead of the one that was there.
    func keep(_ session: TLSSession, for server: String) {
        sessions.withLock { sessions in
            if sessions.count >= Self.limit { sessions.removeAll() }
            sessions[server] = session
        }
    }
}
