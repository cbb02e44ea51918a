import NIOCore
import Testing

@testable import ServerCore

@Suite("DrainSchedule")
struct DrainScheduleTests {
    static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
    static let policy = DrainPolicy(gracePeriod: .seconds(45), lastCall: .seconds(5), quietPeriod: .seconds(5))

    private func schedule(_ policy: DrainPolicy = policy) -> DrainSchedule {
        DrainSchedule(start: Self.start, policy: policy)
    }

    @Test("a server without connections waits for the quiet period, then is done")
    func quiet() {
        var schedule = schedule()
        #expect(schedule.next(now: Self.start, active: 0, lastAccepted: nil) == .wait)
        #expect(schedule.next(now: Self.start + .milliseconds(4999), active: 0, lastAccepted: nil) == .wait)
        #expect(schedule.next(now: Self.start + .seconds(5), active: 0, lastAccepted: nil) == .finish(complete: true))
    }

    @Test("a connection accepted while draining starts the quiet period anew")
    func notQuiet() {
        var schedule = schedule()
        let accepted = Self.start + .seconds(4)
        #expect(schedule.next(now: Self.start + .seconds(8), active: 0, lastAccepted: accepted) == .wait)
        #expect(
            schedule.next(now: Self.start + .seconds(9), active: 0, lastAccepted: accepted) == .finish(complete: true)
        )
    }

    @Test("idle connections are left alone until the last call, which comes once, and are cut off at the end")
    func lastCall() {
        var schedule = schedule()
        #expect(schedule.next(now: Self.start + .seconds(39), active: 3, lastAccepted: nil) == .wait)
        #expect(schedule.next(now: Self.start + .seconds(40), active: 3, lastAccepted: nil) == .lastCall)
        #expect(schedule.next(now: Self.start + .seconds(41), active: 3, lastAccepted: nil) == .wait)
        #expect(schedule.next(now: Self.start + .seconds(45), active: 1, lastAccepted: nil) == .finish(complete: false))
    }

    @Test("the grace period ends the drain however many connections keep coming")
    func deadline() {
        var schedule = schedule()
        let now = Self.start + .seconds(45)
        #expect(schedule.next(now: now, active: 0, lastAccepted: now) == .finish(complete: true))
    }

    @Test("an immediate drain ends at once")
    func immediate() {
        var schedule = schedule(.immediate)
        #expect(schedule.next(now: Self.start, active: 2, lastAccepted: Self.start) == .finish(complete: false))
    }
}
