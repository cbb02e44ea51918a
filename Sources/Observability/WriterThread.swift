import Glibc

/// A thread of the operating system for work that may block for long.
enum WriterThread {
    /// What the thread runs; a class, because a thread is started with a pointer.
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a thread that runs `body` and ends with it; returns whether the system gave one.
    ///
    /// The thread takes no signals: those are for the thread that waits for them.
    @discardableResult
    static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        var all = sigset_t()
        var before = sigset_t()
        // Safety: both sets live to the end of this function; a new thread inherits the mask of its maker.
        _ = unsafe sigfillset(&all)
        _ = unsafe pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        let retained = unsafe Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let result = unsafe pthread_create(
            &thread,
            nil,
            { pointer in
                if let pointer = unsafe pointer {
                    // Safety: the pointer is the reference that was retained for this thread, taken over once.
                    unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                }
                return nil
            },
            unsafe retained.toOpaque()
        )
        guard result == 0 else {
            unsafe retained.release()
            return false
        }
        _ = pthread_detach(thread)
        return true
    }
}
