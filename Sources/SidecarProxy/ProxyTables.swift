import AccessLog
import NameResolution
import Synchronization

/// What the loops share with whoever looks at them from outside.
final class ProxyTables: Sendable {
    /// What each connection manager counts, by its prefix.
    let downstream = CounterTable<DownstreamCounters>()
    /// What each cluster counts, by its name.
    let clusters = CounterTable<ClusterCounters>()
    /// Where access logs go.
    let sinks = LogSinks()
    /// Spans that wait to be sent.
    let spans = SpanQueues()
    /// Tells connections apart in logs.
    let connections = Atomic<UInt64>(0)
    /// The last failures of every loop.
    let failures = Mutex<[ObjectIdentifier: FailureRing]>([:])
    /// Whether new work is refused until there is memory for it again.
    let isShortOfMemory = Atomic<Bool>(false)
    /// Looks names up on threads of its own.
    let resolver = NameResolver()
}
