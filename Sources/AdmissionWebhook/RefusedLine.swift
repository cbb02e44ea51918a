import NIOCore

/// The connections of one event loop whose reviews were refused, in order; touched only on that loop.
///
/// They are not read from until it is their turn: who asks again at once, whatever `Retry-After` says, waits in its own
/// socket instead of having the loop do nothing but refuse. What such a connection asks next is answered, if it is there
/// when its turn comes.
final class RefusedLine: NIOScheduledCallbackHandler {
    /// How many there may be; connections that have ended stand in line as well.
    private static let limit = 10_000
    /// How many are let go in a turn of a loop that answers others all the time.
    private static let fewest = 1
    /// How many are let go in a turn of a loop that answers nobody else.
    private static let most = 8
    /// How many are let go at once where nobody else asks.
    private static let alone = 32
    /// How long nobody else has asked then: longer than a turn takes.
    private static let pause = TimeAmount.milliseconds(10)

    private let eventLoop: any EventLoop
    private var waiting = CircularBuffer<EventLoopPromise<Void>>()
    /// How many of those let go in the last turn have not asked yet.
    private var passes = 0
    private var answered = 0
    private var isScheduled = false
    private var hasMoved = false

    /// Makes the line of `eventLoop`.
    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    /// Puts a connection at the end of the line; the future completes when it is its turn, or the line is too long.
    func join() -> EventLoopFuture<Void> {
        if waiting.count >= Self.limit { waiting.popFirst()?.succeed() }
        let promise = eventLoop.makePromise(of: Void.self)
        waiting.append(promise)
        schedule()
        return promise.futureResult
    }

    /// Counts a review that is answered, which leaves less room for those in line.
    func noteAnswer() {
        answered &+= 1
    }

    /// Whether a connection that has stood in line asks just when it was let go.
    func takePass() -> Bool {
        guard passes > 0 else { return false }
        passes -= 1
        return true
    }

    /// Lets the next ones go; call it once a turn.
    func move() {
        hasMoved = true
        letGo(max(Self.fewest, Self.most - answered))
        answered = 0
    }

    private func letGo(_ count: Int) {
        passes = min(waiting.count, count)
        for promise in (0..<passes).compactMap({ _ in waiting.popFirst() }) {
            promise.succeed()
        }
    }

    /// Sees to it that the line moves where nobody else asks.
    func handleScheduledCallback(eventLoop: some EventLoop) {
        isScheduled = false
        if !hasMoved { letGo(Self.alone) }
        hasMoved = false
        // Once more at least, so that no pass outlives the turn it is for.
        if passes > 0 || !waiting.isEmpty { schedule() }
    }

    /// The loop is shutting down.
    func didCancelScheduledCallback(eventLoop: some EventLoop) {
        releaseAll()
    }

    private func schedule() {
        guard !isScheduled else { return }
        do {
            _ = try eventLoop.assumeIsolated().scheduleCallback(in: Self.pause, handler: self)
            isScheduled = true
        } catch {
            releaseAll()
        }
    }

    private func releaseAll() {
        while let promise = waiting.popFirst() { promise.succeed() }
    }
}
