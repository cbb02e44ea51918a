import NIOCore

/// The one timer of a connection.
///
/// Deadlines move with every request, almost always to a later time. That costs no call to the event
/// loop; the timer finds out when it fires and arms itself again.
final class ConnectionDeadline: NIOScheduledCallbackHandler {
    private let eventLoop: any EventLoop
    private var due: NIODeadline?
    private var armedFor: NIODeadline?
    private var callback: NIOScheduledCallback?
    private var action: (() -> Void)?

    /// Makes a timer that calls `action` on `eventLoop` when the deadline passes.
    init(eventLoop: any EventLoop, action: @escaping () -> Void) {
        self.eventLoop = eventLoop
        self.action = action
    }

    /// Sets the deadline to `amount` from now, in place of any other.
    func set(in amount: TimeAmount) {
        guard action != nil else { return }
        let due = eventLoop.now + amount
        self.due = due
        guard let armedFor, armedFor <= due else { return arm(due) }
    }

    /// Takes the deadline away for good.
    func invalidate() {
        action = nil
        due = nil
        callback?.cancel()
        callback = nil
        armedFor = nil
    }

    /// The timer of the event loop has fired.
    func handleScheduledCallback(eventLoop: some EventLoop) {
        callback = nil
        armedFor = nil
        guard let due else { return }
        guard eventLoop.now >= due else { return arm(due) }
        self.due = nil
        action?()
    }

    private func arm(_ deadline: NIODeadline) {
        callback?.cancel()
        armedFor = deadline
        do {
            callback = try eventLoop.assumeIsolated().scheduleCallback(at: deadline, handler: self)
        } catch {
            // The event loop is shutting down, and with it the connection.
            armedFor = nil
        }
    }
}
