import NIOCore
import Synchronization

/// Decides whether an accepted connection may stay.
///
/// | places in total | places of the source | decision |
/// |---|---|---|
/// | none left | any | over total |
/// | left | none left | over source |
/// | left | left, or the source is unknown, or no such limit | admitted |
///
/// Called once when a connection opens and once when it closes, from any thread.
final class ConnectionAdmission: Sendable {
    /// The decision on one connection.
    enum Decision: Equatable {
        /// The connection may stay; its place must be given back by ``ConnectionAdmission/release(_:)``.
        case admitted
        /// All places are taken.
        case overTotal
        /// All places of this source address are taken.
        case overSource
    }

    private let limits: ConnectionLimits
    private let counters: ConnectionCounters
    private let perSource = Mutex<[String: Int]>([:])

    init(limits: ConnectionLimits, counters: ConnectionCounters) {
        self.limits = limits
        self.counters = counters
    }

    /// Takes a place for a connection from `source`, and counts the outcome.
    func admit(_ source: String?) -> Decision {
        guard counters.takePlace(limit: limits.total) else {
            counters.countRejectedOverTotal()
            return .overTotal
        }
        guard takeSourcePlace(source) else {
            counters.returnPlace()
            counters.countRejectedOverSource()
            return .overSource
        }
        counters.countAccepted(at: .now())
        return .admitted
    }

    /// Gives back the place of an admitted connection.
    func release(_ source: String?) {
        if limits.perSource != nil, let source {
            perSource.withLock { places in
                guard let taken = places[source] else { return }
                places[source] = taken > 1 ? taken - 1 : nil
            }
        }
        counters.returnPlace()
    }

    /// The number of source addresses with open connections; bounded by ``ConnectionLimits/total``.
    var sourceCount: Int {
        perSource.withLock { $0.count }
    }

    private func takeSourcePlace(_ source: String?) -> Bool {
        guard let limit = limits.perSource, let source else { return true }
        return perSource.withLock { places in
            let taken = places[source, default: 0]
            guard taken < limit else { return false }
            places[source] = taken + 1
            return true
        }
    }
}
