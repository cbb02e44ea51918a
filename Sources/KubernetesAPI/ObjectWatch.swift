import HTTPClient
import NIOCore
import Synchronization

/// Follows one object for ever: a watch after the other, with back-off between those that fail.
///
/// It tells that the object may have changed, not how: whoever is told reads it. So an event too many costs a request,
/// and an event too few is made up for by the next watch, which begins with the present state.
public struct ObjectWatch: Sendable {
    /// How long the server is asked to keep a watch, in seconds.
    private static let duration: Int64 = 240
    /// How much longer a connection may last than its watch: a server that has gone leaves it silent, in seconds.
    private static let patience: Int64 = 15

    private let client: KubernetesClient
    private let object: ObjectReference
    private let backoff: Backoff
    private let changed: @Sendable () -> Void
    private let failed: @Sendable (KubernetesAPIError) -> Void

    /// Makes a watch; nothing is asked yet.
    ///
    /// - Parameters:
    ///   - object: What to follow.
    ///   - client: By whom.
    ///   - backoff: The waits between attempts.
    ///   - failed: Told of every watch that did not end as agreed.
    ///   - changed: Told, from any thread, that the object may have changed; must not block.
    public init(
        _ object: ObjectReference,
        by client: KubernetesClient,
        backoff: Backoff = Backoff(),
        failed: @escaping @Sendable (KubernetesAPIError) -> Void,
        changed: @escaping @Sendable () -> Void
    ) {
        self.object = object
        self.client = client
        self.backoff = backoff
        self.failed = failed
        self.changed = changed
    }

    /// Follows until the task is cancelled.
    public func run() async {
        let cursor = SharedCursor(WatchCursor(backoff: backoff))
        let clock = ContinuousClock()
        while !Task.isCancelled {
            let start = clock.now
            let error = await follow(cursor)
            if Task.isCancelled { return }
            // The end of the history is part of the protocol, not a failure.
            if let error, error.code != .gone { failed(error) }
            let seconds = start.duration(to: clock.now).components.seconds
            let wait = cursor.end(error, after: seconds)
            do { try await Task.sleep(for: wait) } catch { return }
        }
    }

    /// Runs one watch to its end; returns what ended it unless that was agreed on.
    private func follow(_ cursor: SharedCursor) async -> KubernetesAPIError? {
        let seconds = Self.duration + Int64.random(in: 0...60)
        let path = object.watchPath(from: cursor.resourceVersion, seconds: seconds)
        do throws(KubernetesAPIError) {
            let request = HTTPClientRequest("GET", path)
            let response = try await client.authorized(request, object) { http, request throws(HTTPClientError) in
                try await http.lines(
                    request,
                    quiet: .seconds(seconds + Self.patience),
                    duration: .seconds(seconds + Self.patience)
                ) { line in
                    if cursor.receive(WatchEvent(line: line)) { changed() }
                }
            }
            guard response.isSuccess else { throw KubernetesAPIError(response, verb: .watch, object: object) }
            return nil
        } catch {
            return error
        }
    }
}

/// The cursor of a watch whose lines arrive on an event loop.
private final class SharedCursor: Sendable {
    private let cursor: Mutex<WatchCursor>

    init(_ cursor: WatchCursor) {
        self.cursor = Mutex(cursor)
    }

    var resourceVersion: String? { cursor.withLock { $0.resourceVersion } }

    func receive(_ event: WatchEvent) -> Bool { cursor.withLock { $0.receive(event) } }

    func end(_ error: KubernetesAPIError?, after seconds: Int64) -> Duration {
        let random = Double.random(in: 0...1)
        return cursor.withLock { $0.end(error, after: seconds, random: random) }
    }
}
