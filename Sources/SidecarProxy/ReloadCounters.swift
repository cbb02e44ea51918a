import Synchronization

/// What came of the attempts to take other configurations and certificates.
final class ReloadCounters: Sendable {
    let configurations = Atomic<Int>(0)
    let configurationFailures = Atomic<Int>(0)
    let certificates = Atomic<Int>(0)
    let certificateFailures = Atomic<Int>(0)
    /// The certificates whose sources cannot be used now, by label.
    let failing = Mutex<[String: String]>([:])
}
