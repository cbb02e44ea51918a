import Testing

@testable import AdmissionWebhook

@Suite struct OverloadStateTests {
    private let start = ContinuousClock.now

    /// How many of `count` reviews are answered when each takes `cost`.
    private func answered(of count: Int, each cost: Duration, _ state: inout OverloadState, from start: Duration) -> Int
    {
        (0..<count).count { state.admit(at: self.start + start + cost * $0) }
    }

    @Test("A calm loop answers everything, however long it takes")
    func calm() {
        var state = OverloadState()
        state.note(turn: .milliseconds(99), endedAt: start)
        #expect(answered(of: 1_000, each: .milliseconds(1), &state, from: .zero) == 1_000)
        #expect(!state.isOverloaded)
    }

    @Test("An overloaded loop answers for 2.5 ms a turn and refuses the rest")
    func overloaded() {
        var state = OverloadState()
        state.note(turn: .milliseconds(101), endedAt: start)
        #expect(state.isOverloaded)
        #expect(answered(of: 200, each: .microseconds(100), &state, from: .zero) == 25)
    }

    @Test("The next turn is answered again")
    func nextTurn() {
        var state = OverloadState()
        state.note(turn: .seconds(1), endedAt: start)
        _ = answered(of: 200, each: .microseconds(100), &state, from: .zero)
        state.endTurn()
        #expect(answered(of: 200, each: .microseconds(100), &state, from: .milliseconds(20)) == 25)
    }

    @Test("The first sixteen of a turn are answered on the slowest machine")
    func fewest() {
        var state = OverloadState()
        state.note(turn: .seconds(1), endedAt: start)
        #expect(answered(of: 17, each: .milliseconds(30), &state, from: .zero) == 16)
    }

    @Test("An overload ends a second after its last sign, and a refusal is one")
    func ends() {
        var state = OverloadState()
        state.note(turn: .seconds(1), endedAt: start)
        _ = answered(of: 26, each: .microseconds(100), &state, from: .milliseconds(900))
        state.endTurn()
        let isLate = state.admit(at: start + .milliseconds(1_100))
        #expect(isLate)
        #expect(state.isOverloaded)
        state.endTurn()
        let isCalm = state.admit(at: start + .milliseconds(1_903))
        #expect(isCalm)
        #expect(!state.isOverloaded)
    }
}
