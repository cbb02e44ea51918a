import ServerCore
import Synchronization

/// What the admin port can change: health as an operator wants it, and the listeners that serve operations.
final class HealthSwitch: Sendable {
    private let failed = Atomic<Bool>(false)
    private let kept = Mutex<[Listener]>([])

    /// Whether an operator had readiness fail.
    var isFailed: Bool {
        get { failed.load(ordering: .relaxed) }
        set { failed.store(newValue, ordering: .relaxed) }
    }

    /// The operations listeners.
    var listeners: [Listener] { kept.withLock { $0 } }

    /// Keeps a bound listener until the end.
    func keep(_ listener: Listener) { kept.withLock { $0.append(listener) } }
}
