import NIOCore
import ProxyConfiguration
import Testing

@testable import SidecarProxy

@Suite("When peers of HTTP/2 are asked for a sign of life")
struct HTTP2KeepaliveTests {
    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private static func after(_ milliseconds: Int64) -> NIODeadline { start + .milliseconds(milliseconds) }

    /// Of 100 ms, with 30 ms for an answer.
    private static func keepalive(
        interval: Duration? = .milliseconds(100),
        jitter: Double = 0,
        idle: Duration? = nil,
        random: UInt64 = 0
    ) -> HTTP2Keepalive {
        var settings = KeepaliveSettings(timeout: .milliseconds(30))
        settings.interval = interval
        settings.intervalJitter = jitter
        settings.connectionIdleInterval = idle
        return HTTP2Keepalive(settings, now: start, random: random)
    }

    @Test("A PING follows the interval, and the next one the answer")
    func interval() {
        var keepalive = Self.keepalive()
        #expect(keepalive.deadline == Self.after(100))
        #expect(keepalive.check(Self.after(99)) == .nothing)
        #expect(keepalive.check(Self.after(100)) == .ask)
        #expect(keepalive.deadline == Self.after(130))
        keepalive.acknowledge(Self.after(110), random: 0)
        #expect(keepalive.deadline == Self.after(210))
        #expect(keepalive.check(Self.after(130)) == .nothing)
        #expect(keepalive.check(Self.after(210)) == .ask)
    }

    @Test("Without an answer the connection ends once")
    func timeout() {
        var keepalive = Self.keepalive()
        #expect(keepalive.check(Self.after(105)) == .ask)
        #expect(keepalive.check(Self.after(134)) == .nothing)
        #expect(keepalive.check(Self.after(135)) == .end)
        #expect(keepalive.deadline == nil && keepalive.check(Self.after(1000)) == .nothing)
    }

    @Test("An answer to nothing changes nothing")
    func unsolicited() {
        var keepalive = Self.keepalive()
        keepalive.acknowledge(Self.after(50), random: 0)
        #expect(keepalive.deadline == Self.after(100))
    }

    @Test("Whatever comes before the answer gives it as long again")
    func heard() {
        var keepalive = Self.keepalive()
        keepalive.hear(Self.after(50))
        #expect(keepalive.deadline == Self.after(100))
        #expect(keepalive.check(Self.after(100)) == .ask)
        keepalive.hear(Self.after(120))
        #expect(keepalive.check(Self.after(130)) == .nothing && keepalive.deadline == Self.after(150))
        #expect(keepalive.check(Self.after(150)) == .end)
    }

    @Test("The jitter is below its share of the interval", arguments: [0, 1, 14_999_999, 15_000_000, UInt64.max])
    func jitter(_ random: UInt64) {
        let keepalive = Self.keepalive(jitter: 15, random: random)
        #expect(keepalive.deadline == Self.after(100) + .nanoseconds(Int64(random % 15_000_000)))
        let longest = Self.keepalive(interval: .seconds(31_622_400), jitter: 100, random: random)
        #expect(longest.deadline.map { $0 >= Self.start + .seconds(31_622_400) } == true)
    }

    @Test("A stream after silence brings a PING, and one at a time")
    func silence() {
        var keepalive = Self.keepalive(interval: nil, idle: .milliseconds(50))
        #expect(keepalive.deadline == nil && keepalive.watchesSilence)
        #expect(keepalive.openStream(Self.after(49)) == .nothing)
        keepalive.receive(Self.after(40))
        #expect(keepalive.openStream(Self.after(89)) == .nothing)
        #expect(keepalive.openStream(Self.after(90)) == .ask)
        #expect(keepalive.openStream(Self.after(91)) == .nothing)
        #expect(keepalive.deadline == Self.after(120))
        keepalive.acknowledge(Self.after(95), random: 0)
        #expect(keepalive.deadline == nil)
        #expect(keepalive.openStream(Self.after(200)) == .ask)
        #expect(keepalive.check(Self.after(230)) == .end)
    }

    @Test("An interval that ends while an answer is awaited asks no second time")
    func both() {
        var keepalive = Self.keepalive(idle: .milliseconds(50))
        #expect(keepalive.openStream(Self.after(90)) == .ask)
        #expect(keepalive.check(Self.after(100)) == .nothing)
        keepalive.acknowledge(Self.after(101), random: 0)
        #expect(keepalive.deadline == Self.after(201))
    }
}
