import NIOCore
import ProxyConfiguration

/// When the peer of a connection of HTTP/2 is asked for a sign of life, and for how long the answer is awaited.
///
///     quiet --interval over, or a stream after silence--> asked --acknowledged--> quiet
///                                                          '--timeout over--> ended
///
/// As in Envoy one question is open at a time, the interval begins anew with the answer, and the timeout with whatever
/// else comes before it.
struct HTTP2Keepalive {
    /// What is to be done when a deadline has been looked at.
    enum Action {
        case nothing
        /// Send a PING.
        case ask
        /// Close the connection.
        case end
    }

    /// When to look again; nil for never, as long as nothing else happens.
    private(set) var deadline: NIODeadline?

    private let interval: TimeAmount?
    private let timeout: TimeAmount
    /// Added to the interval at random: less than so many nanoseconds.
    private let jitter: UInt64
    private let idleInterval: TimeAmount?
    private var isAsked = false
    private var lastReceived: NIODeadline

    /// Begins with a connection.
    init(_ settings: KeepaliveSettings, now: NIODeadline, random: UInt64) {
        interval = settings.interval.map { TimeAmount($0) }
        timeout = TimeAmount(settings.timeout)
        idleInterval = settings.connectionIdleInterval.map { TimeAmount($0) }
        // A year, the longest interval, has 3.2 * 10^16 ns; so the product is below 2^63.
        jitter = UInt64(max(0, Double(interval?.nanoseconds ?? 0) * settings.intervalJitter / 100))
        lastReceived = now
        beginInterval(now, random)
    }

    /// Whether it matters when something came.
    var watchesSilence: Bool { idleInterval != nil }

    /// Notes that something came.
    mutating func receive(_ now: NIODeadline) { lastReceived = now }

    /// Looks at the deadline.
    mutating func check(_ now: NIODeadline) -> Action {
        guard let deadline, deadline <= now else { return .nothing }
        guard isAsked else { return ask(now) }
        self.deadline = nil
        return .end
    }

    /// A stream is about to be opened.
    mutating func openStream(_ now: NIODeadline) -> Action {
        guard let idleInterval, !isAsked, lastReceived + idleInterval <= now else { return .nothing }
        return ask(now)
    }

    /// Something else has come, behind which the answer may be on its way: there is as long again for it.
    mutating func hear(_ now: NIODeadline) {
        if isAsked { deadline = now + timeout }
    }

    /// The answer has come.
    mutating func acknowledge(_ now: NIODeadline, random: UInt64) {
        guard isAsked else { return }
        isAsked = false
        beginInterval(now, random)
    }

    private mutating func ask(_ now: NIODeadline) -> Action {
        isAsked = true
        deadline = now + timeout
        return .ask
    }

    private mutating func beginInterval(_ now: NIODeadline, _ random: UInt64) {
        let extra = jitter > 0 ? Int64(clamping: random % jitter) : 0
        deadline = interval.map { now + $0 + .nanoseconds(extra) }
    }
}
