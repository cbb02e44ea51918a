import Synchronization

/// Lets one task wait for a signal or for a time, whichever comes first; a signal that comes early is kept.
final class WakeSignal: Sendable {
    private struct State {
        var isSet = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// Wakes the waiting task, or the next one that waits.
    func signal() {
        let waiter = state.withLock { state in
            let waiter = state.waiter
            state.waiter = nil
            state.isSet = waiter == nil
            return waiter
        }
        waiter?.resume()
    }

    /// Waits for a signal, for `duration`, or for the task to be cancelled.
    func wait(for duration: Duration) async {
        let timer = Task {
            do {
                try await Task.sleep(for: duration)
                signal()
            } catch {
                // The wait has ended otherwise.
            }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    defer { state.isSet = false }
                    if !state.isSet { state.waiter = continuation }
                    return state.isSet
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            signal()
        }
        timer.cancel()
    }
}
