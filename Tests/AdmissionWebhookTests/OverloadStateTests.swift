import Testing

@testable import AdmissionWebhook

@Suite struct OverloadStateTests {
    private let start = ContinuousClock.now

    /// How many of `count` reviews at `time` are answered.
    private func answered(of count: Int, _ state: inout OverloadState, at time: Duration) -> Int {
        (0..<count).count { _ in state.admit(at: start + time) }
    }

    @Test("A calm loop answers everything, however long it takes")
    func calm() {
        var state = OverloadState()
        state.note(turn: .milliseconds(99), endedAt: start)
        #expect(answered(of: 1_000, &state, at: .seconds(1)) == 1_000)
        #expect(!state.isOverloaded)
    }

    @Test("An overloaded loop answers eight a turn and refuses the rest")
    func overloaded() {
        var state = OverloadState()
        state.note(turn: .milliseconds(101), endedAt: start)
        #expect(state.isOverloaded)
        #expect(answered(of: 200, &state, at: .zero) == 8)
        state.endTurn()
        #expect(answered(of: 200, &state, at: .milliseconds(20)) == 8)
    }

    @Test("An overload ends a second after its last sign, and a refusal is one")
    func ends() {
        var state = OverloadState()
        state.note(turn: .seconds(1), endedAt: start)
        #expect(answered(of: 9, &state, at: .milliseconds(900)) == 8)
        state.endTurn()
        #expect(answered(of: 8, &state, at: .milliseconds(1_899)) == 8)
        #expect(state.isOverloaded)
        state.endTurn()
        #expect(answered(of: 100, &state, at: .milliseconds(1_901)) == 100)
        #expect(!state.isOverloaded)
    }
}
