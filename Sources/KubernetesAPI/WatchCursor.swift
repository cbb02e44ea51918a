/// Where a watch goes on, and how long to wait before it does.
///
///     start (no version: the present state comes first) --events, bookmarks--> version
///       ^-------------------------------- 410 Gone, malformed ------------------'
struct WatchCursor: Sendable, Equatable {
    /// A watch that lasted this long was a sound one, in seconds; the next begins at once.
    static let soundSeconds: Int64 = 5

    /// The version after which changes are wanted, or nil to begin with the present state.
    private(set) var resourceVersion: String?
    /// The waits between attempts.
    private(set) var backoff: Backoff

    /// Begins with the present state.
    init(backoff: Backoff = Backoff()) {
        self.backoff = backoff
    }

    /// Takes a line; returns whether the object may have changed.
    mutating func receive(_ event: WatchEvent) -> Bool {
        switch event {
        case .changed(let version):
            advance(to: version)
            return true
        case .bookmark(let version):
            advance(to: version)
            return false
        case .failed, .malformed:
            // What was missed is in the present state.
            resourceVersion = nil
            return false
        }
    }

    /// Notes the end of a watch.
    ///
    /// - Parameters:
    ///   - error: What ended it, or nil for the end that was agreed on.
    ///   - seconds: How long it lasted.
    ///   - random: A number from 0 to 1.
    /// - Returns: How long to wait before the next.
    mutating func end(_ error: KubernetesAPIError?, after seconds: Int64, random: Double) -> Duration {
        if error?.code == .gone { resourceVersion = nil }
        if seconds >= Self.soundSeconds { backoff.reset() }
        return backoff.next(random: random)
    }

    private mutating func advance(to version: String?) {
        // Versions are opaque; only what can stand in a query is kept.
        guard let version, version.utf8.count <= 64, !version.isEmpty,
            version.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
        else {
            resourceVersion = nil
            return
        }
        resourceVersion = version
    }
}
