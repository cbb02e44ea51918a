import Glibc

/// A semaphore: signals are counted, so that none is lost between a look at the queue and the wait.
///
/// Safety: the pointer is valid from `init` to `deinit`, and POSIX lets every thread use a semaphore.
@safe
final class WakeUp: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe semaphore.initialize(to: sem_t())
        _ = unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        _ = unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    /// Lets one ``wait()`` through.
    func signal() {
        _ = unsafe sem_post(semaphore)
    }

    /// Waits for a signal, or returns early for nothing.
    func wait() {
        _ = unsafe sem_wait(semaphore)
    }
}
