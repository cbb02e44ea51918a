import Synchronization

/// Counters by name, one object a loop, which the loops add and scrapes read.
final class CounterTable<Counters: Sendable>: Sendable {
    private let entries = Mutex<[(name: String, counters: [Counters])]>([])

    /// Adds the counters of one loop.
    func add(_ counters: Counters, for name: String) {
        entries.withLock { entries in
            if let index = entries.firstIndex(where: { $0.name == name }) {
                entries[index].counters.append(counters)
            } else {
                entries.append((name, [counters]))
            }
        }
    }

    /// Everything in the table, in the order of addition.
    var all: [(name: String, counters: [Counters])] { entries.withLock { $0 } }
}
