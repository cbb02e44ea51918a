import Logging
import NIOCore

/// Stops accepting for a moment when the system cannot hand over a connection.
///
/// Without it an exhausted descriptor table spins the loop: the socket stays readable, and a failed `accept` leaves the
/// read outstanding. Switching `autoRead` off withdraws the interest, switching it on again asks for it anew.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let pause: TimeAmount
    private let counters: ConnectionCounters
    private let logger: Logger
    private var isPaused = false
    private var nextWarning = NIODeadline.uptimeNanoseconds(0)
    /// One line in this time: a pause repeats itself ten times a second as long as the cause lasts.
    private static let warningInterval = TimeAmount.seconds(10)

    init(pause: TimeAmount, counters: ConnectionCounters, logger: Logger) {
        self.pause = pause
        self.counters = counters
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // Other errors are about one connection (its set-up failed) and were dealt with there.
        guard error is IOError else { return }
        counters.countAcceptError()
        guard !isPaused, context.channel.isActive else { return }
        isPaused = true
        warn(of: error, now: context.eventLoop.now)
        setAutoRead(false, on: context.channel)
        let channel = context.channel
        context.eventLoop.assumeIsolated().scheduleTask(in: pause) {
            self.isPaused = false
            self.setAutoRead(true, on: channel)
        }
    }

    private func warn(of error: any Error, now: NIODeadline) {
        guard now >= nextWarning else { return }
        nextWarning = now + Self.warningInterval
        logger.warning(
            "accepting connections paused",
            metadata: ["error": "\(error)", "pause_ms": "\(pause.nanoseconds / 1_000_000)"]
        )
    }

    private func setAutoRead(_ value: Bool, on channel: any Channel) {
        do {
            try channel.syncOptions?.setOption(.autoRead, value: value)
        } catch {
            logger.debug("listener is closed", metadata: ["error": "\(error)"])
        }
    }
}
