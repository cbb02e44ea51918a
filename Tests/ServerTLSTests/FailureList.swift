import Synchronization

/// The failures that an initializer reported.
final class FailureList: Sendable {
    private let errors = Mutex<[any Error]>([])

    var all: [any Error] { errors.withLock { $0 } }

    func add(_ error: any Error) {
        errors.withLock { $0.append(error) }
    }
}
