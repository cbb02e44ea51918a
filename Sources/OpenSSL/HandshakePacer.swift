public import NIOCore

/// Gives handshakes a part of each turn of one event loop, so that requests wait little for them.
///
/// A handshake costs as much as dozens of requests, and one pass over the sockets may find a hundred clients who begin
/// one. Those that find their part of the turn used up wait for the next turns, in order, and are not read from
/// meanwhile; between two turns the loop deals with everything else that has arrived. Touched only on its loop.
public final class HandshakePacer: NIOScheduledCallbackHandler {
    /// Until the next turn: just enough that the loop looks at its sockets first.
    private static let pause = TimeAmount.microseconds(20)

    private let eventLoop: any EventLoop
    private let share: TimeAmount
    private var waiting = CircularBuffer<TLSHandler>()
    private var used = TimeAmount.zero
    private var endsTurn = false
    private var isScheduled = false

    /// Makes the pacer of `eventLoop`.
    ///
    /// - Parameters:
    ///   - eventLoop: Whose turns are shared.
    ///   - share: How long handshakes may go on in one turn; the step that is begun is ended, and one is always taken.
    public init(eventLoop: any EventLoop, share: TimeAmount = .microseconds(500)) {
        self.eventLoop = eventLoop
        self.share = share
    }

    /// Goes on with a handshake now and returns true, or has `handler` wait for ``TLSHandler/takeTurn()``.
    func admit(_ handler: TLSHandler, _ step: () -> Void) -> Bool {
        guard waiting.isEmpty, used < share else {
            waiting.append(handler)
            schedule()
            return false
        }
        charge(step)
        return true
    }

    /// It is the turn of those who wait.
    public func handleScheduledCallback(eventLoop: some EventLoop) {
        isScheduled = false
        used = .zero
        repeat {
            guard let handler = waiting.popFirst() else { break }
            charge(handler.takeTurn)
        } while used < share
        if !waiting.isEmpty { schedule() }
    }

    private func charge(_ step: () -> Void) {
        let begun = eventLoop.now
        step()
        used = used + (eventLoop.now - begun)
        guard !endsTurn else { return }
        endsTurn = true
        // Runs when everything that the sockets had in this turn is dealt with.
        eventLoop.assumeIsolated().execute { [self] in
            endsTurn = false
            used = .zero
        }
    }

    private func schedule() {
        guard !isScheduled else { return }
        do {
            _ = try eventLoop.assumeIsolated().scheduleCallback(in: Self.pause, handler: self)
            isScheduled = true
        } catch {
            // The loop is shutting down, and those that wait with it.
            waiting.removeAll()
        }
    }
}
