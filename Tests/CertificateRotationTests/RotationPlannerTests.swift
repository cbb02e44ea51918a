import CertificateRotation
import Testing

/// Lifetimes of 900 s (authorities) and 90 s (serving certificates), a grace of 10 s; now is 1000 unless said otherwise.
@Suite struct RotationPlannerTests {
    private static let policy = RotationPolicy(authorityLifetime: 900, servingLifetime: 90, grace: 10)
    /// Due at 1500.
    static let authority = CertificateFacts("authority", from: 900, to: 1800)
    static let next = CertificateFacts("next", from: 1500, to: 2400)
    /// Due at 1050.
    static let serving = ServingFacts(CertificateFacts("serving", from: 990, to: 1080), issuer: "authority")
    static let expired = CertificateFacts("expired", from: 0, to: 999)

    private func plan(_ facts: RotationFacts) -> RotationPlan {
        RotationPlanner(Self.policy).plan(facts)
    }

    /// A row of the planner's table.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let facts: RotationFacts
        let change: RotationPlan.Change?
        let serves: Bool

        init(_ description: String, _ facts: RotationFacts, _ change: RotationPlan.Change?, serves: Bool) {
            testDescription = description
            self.facts = facts
            self.change = change
            self.serves = serves
        }
    }

    @Test(
        "The facts decide the change and what is served",
        arguments: creation + servingCertificates + authorities + handover
    )
    func decides(row: Row) {
        let plan = plan(row.facts)
        #expect(plan.change == row.change)
        #expect(plan.serves == row.serves)
    }

    @Test("It wakes when the facts can change by time alone")
    func wakes() {
        let calm = RotationFacts(authority: Self.authority, serving: Self.serving, now: 1000)
        #expect(plan(calm).wakeAt == 1050)
        var waiting = RotationFacts(authority: Self.authority, serving: Self.renewed, next: Self.next, now: 1505)
        waiting.trustedSince = ["next": 1503]
        #expect(plan(waiting).wakeAt == 1514)
        #expect(plan(RotationFacts(now: 0)).wakeAt == .max)
    }

    @Test("A clock that is behind is told from one that is right", arguments: [(1000, false), (599, true)])
    func seesClock(now: Int64, isBehind: Bool) {
        let facts = RotationFacts(authority: Self.authority, now: now)
        #expect(RotationPlanner(Self.policy).isClockBehind(facts) == isBehind)
    }

    @Test("Replicas are due at different times, within a thirtieth of the validity", arguments: [0.0, 0.5, 1.0])
    func jitters(jitter: Double) {
        var policy = Self.policy
        policy.jitter = jitter
        let due = 1500 + Int64(30 * jitter)
        let facts = RotationFacts(authority: Self.authority, serving: Self.renewed, now: due - 1)
        #expect(RotationPlanner(policy).plan(facts).change == nil)
        var later = facts
        later.now = due
        #expect(RotationPlanner(policy).plan(later).change == .introduce)
    }

    @Test("Dates and times at the ends of their range trap nowhere")
    func survivesExtremes() {
        let ends: [Int64] = [.min, -1, 0, 1, .max]
        for from in ends {
            for to in ends {
                let certificate = CertificateFacts("x", from: from, to: to)
                for now in ends {
                    let serving = ServingFacts(certificate, issuer: "x")
                    let held = RotationFacts.Held(authority: certificate, serving: serving)
                    var facts = RotationFacts(authority: certificate, serving: serving, next: certificate, now: now)
                    facts.held = held
                    facts.previous = [certificate]
                    facts.trustedSince = ["x": now]
                    _ = plan(facts)
                }
            }
        }
    }
}
